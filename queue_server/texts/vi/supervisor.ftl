### The supervisor's live page.

super-title = Điều phối sảnh
super-desk = Bàn quầy
super-sign-in = Đăng nhập
super-sign-out = Đăng xuất
super-role-supervisor = Điều phối
super-role-administrator = Quản trị
super-role-viewer = Người xem
super-role-officer = Cán bộ
super-session-ended = Phiên làm việc đã hết.
super-session-ended-advice = Không có số nào bị mất. Vui lòng đăng nhập lại để tiếp tục.
super-stale-advice = Màn hình đang giữ tình hình cũ và sẽ tự cập nhật khi có kết nối. Không có số nào bị mất; các nút tạm chờ.
super-why-stale = Đang mất kết nối: hãy chờ có lại
super-min = { $n }′
super-unknown-word = chưa rõ
super-nobody = Không có ai
super-gone-row = Chưa có thông tin về nơi này.
super-since = từ { $time } ({ $n } phút)
super-since-time = từ { $time }

## The figures at the top

super-sum-waiting = đang chờ
super-sum-oldest = chờ lâu nhất
super-sum-open = quầy mở

## What needs a person

super-alerts = Cần xử lý
super-alerts-n = { $n ->
    [0] Cần xử lý
   *[other] Cần xử lý: { $n } việc
}
super-alerts-more = cuộn xuống để xem thêm { $n } việc
super-calm = Không có việc gì cần xử lý lúc này.
super-alert-gone = đã xong
super-alert-help = { $minutes ->
    [0] gọi người giúp, vừa xong
   *[other] gọi người giúp { $minutes } phút trước
}
super-alert-away = { $label ->
    [none] cán bộ vắng, quầy vẫn để mở
   *[other] cán bộ vắng, { $label } đang ở quầy
}
super-alert-unserved = không quầy mở; { $waiting } người chờ, lâu nhất { $minutes }′
super-alert-over = { $others ->
    [0] { $label } đã chờ { $minutes } phút
   *[other] { $label } đã chờ { $minutes } phút, thêm { $others } người quá hạn
}
super-alert-forecast = dự kiến quá { $target } phút trong ~{ $minutes } phút ({ $label })
super-alert-newcomer = ai lấy số lúc này có thể chờ tới { $high } phút
super-alert-service = { $label } đã ngồi ở quầy { $minutes } phút
super-alert-printer_out = { $printer ->
    [paper_out] hết giấy, không in được phiếu
    [cover_open] nắp máy in đang mở
    [cutter_error] dao cắt giấy bị kẹt
   *[offline] máy in không trả lời
}
super-alert-printer_low = giấy in sắp hết
super-alert-printer_unknown = chưa rõ tình trạng máy in
super-alert-kiosk_clock = đồng hồ của máy lệch { $seconds } giây
super-alert-kiosk_scanner = { $scanner ->
    [babbling] máy quét phát liên tục, đang được bỏ qua
   *[absent] không thấy máy quét
}
super-alert-kiosk_silent = không liên lạc được máy lấy số { $minutes } phút
super-alert-kiosk_refused = { $n ->
    [1] số { $labels } cấp khi mất kết nối chưa vào được hàng chờ
   *[other] { $n } số cấp khi mất kết nối chưa vào được hàng chờ: { $labels }
}
super-do-help = Tôi đến ngay
super-do-answer = Tôi đến ngay
super-do-away = Xử lý…
super-do-unserved = Gọi mở quầy…
super-do-over = Gọi thêm quầy…
super-do-forecast = Gọi thêm quầy…
super-do-newcomer = Gọi thêm quầy…
super-do-service = Hỏi cán bộ…
super-do-printer = Cách xử lý

## The lines

super-lines = Các hàng chờ
super-lines-none = Trung tâm chưa có hàng chờ nào.
super-col-agency = Cơ quan
super-col-waiting = Chờ
super-col-oldest = Lâu nhất / { $n }′
super-col-wait = Dự kiến
super-col-open = Quầy
super-col-gate = Nhận số
super-sort-agency = Xếp theo tên
super-sort-waiting = Xếp theo số người chờ
super-sort-oldest = Xếp theo người chờ lâu nhất
super-sort-wait = Xếp theo thời gian dự kiến của người lấy số lúc này
super-sort-open = Xếp theo số quầy đang mở
super-sort-gate = Xếp theo việc nhận số
super-likely = { $low ->
    [0] <{ $high }′
   *[other] { $low }–{ $high }′
}
super-likely-hours = { $low }–{ $high } giờ
super-likely-none = chưa ước được
super-gate = Nhận số
super-gate-open = có
super-gate-limited = còn { $n }
super-gate-full = hết số
super-gate-closed = ngừng
super-gate-unknown = chưa rõ

## The counters

super-counters = Các quầy
super-tile-free = Sẵn sàng
super-tile-called = gọi
super-tile-help = Cần giúp
super-tile-away = Vắng

## Who waits too long; the devices

super-waits = Chờ quá { $n } phút
super-waits-none = Không ai chờ quá { $n } phút.
super-waits-more = và { $n } người nữa
super-wait-gone = đã gọi
super-devices = Thiết bị
super-devices-none = Trung tâm chưa khai báo thiết bị nào.
super-printer-ready = Sẵn sàng
super-printer-paper_low = Giấy sắp hết
super-printer-paper_out = Hết giấy
super-printer-cover_open = Nắp đang mở
super-printer-cutter_error = Kẹt dao cắt
super-printer-offline = Không trả lời
super-printer-unknown = Chưa rõ
super-printer-none = Không có máy in

## Sheets

super-sheet-queue = Hàng chờ
super-sheet-counter = Quầy
super-sheet-ticket = Số thứ tự
super-sheet-kiosk = Máy lấy số
super-put-away = Về sảnh
super-keep = Thôi
super-understood = Đã rõ
super-fact-waiting = Đang chờ
super-fact-oldest = Chờ lâu nhất
super-fact-likely = Lấy số lúc này
super-fact-open = Quầy đang mở
super-fact-line = Hàng
super-fact-class = Diện
super-fact-since = Chờ từ
super-fact-parked = Tạm giữ từ
super-fact-only = Chỉ chờ
super-fact-state = Trạng thái
super-fact-officer = Cán bộ
super-fact-here = Đang ở quầy
super-fact-summons = Đã gọi
super-fact-printer = Máy in
super-fact-link = Kết nối
super-fact-owed = Số tự cấp
super-fact-slip = Phiếu mới nhất
super-fact-clock = Đồng hồ
super-fact-scanner = Máy quét
super-fact-version = Phiên bản
super-kiosk-online = Đang kết nối
super-kiosk-silent = Mất liên lạc
super-kiosk-silent-since = Mất liên lạc từ { $time }
super-kiosk-owed = { $n } số cấp khi mất kết nối đang được chuyển về
super-kiosk-queued = { $n } phiếu chờ in
super-kiosk-clock-right = Đúng giờ
super-kiosk-clock-off = Lệch { $n } giây so với máy chủ (đã tự bù)
super-kiosk-clock-do = Máy tự bù độ lệch khi còn chạy. Hãy báo kỹ thuật viên đặt lại giờ hoặc thay pin đồng hồ: nếu máy khởi động lúc mất kết nối, giờ trên phiếu có thể sai.
super-scanner-ready = Sẵn sàng
super-scanner-waiting = Đang mở
super-scanner-absent = Không thấy máy quét
super-scanner-babbling = Máy quét phát liên tục
super-scanner-do-absent = Máy quét: xem dây nối và nguồn điện. Người dân vẫn lấy số bằng màn hình chạm.
super-scanner-do-babbling = Máy quét phát liên tục: rút ra cắm lại, hoặc đưa vật đang nằm trước máy đi chỗ khác.
super-faults = Sự cố trong { $days } ngày qua
super-faults-none = Không có sự cố nào.
super-faults-unknown = Không đọc được lịch sử sự cố lúc này.
super-faults-all = Xem cả { $n } sự cố
super-fault-clock = Đồng hồ lệch { $n } giây
super-kiosk-refused = Số chưa vào được hàng chờ
super-kiosk-refused-do = Người giữ số này đã lấy số khi máy mất kết nối. Hãy tiếp họ tại quầy, rồi báo kỹ thuật viên xem lại dải số của máy.
super-slip-queued = chờ in
super-slip-printing = đang in
super-slip-printed = đã in
super-slip-failed = không in được
super-slip-uncertain = chưa chắc đã in xong
super-fact-numbers = Phát số

super-gate-now-open = Máy lấy số đang phát số cho hàng này.
super-gate-now-limited = Máy lấy số còn phát { $n } số nữa hôm nay (đã phát { $given }).
super-gate-now-full = Đã phát hết { $limit } số của hôm nay; máy lấy số không phát nữa.
super-gate-now-closed = Máy lấy số đã ngừng phát số cho hàng này. Người đang chờ vẫn được gọi.
super-gate-now-unknown = Chưa rõ hàng này có đang phát số không.
super-gate-do-open = Nhận số trở lại
super-gate-do-unlimit = Bỏ giới hạn
super-gate-do-close = Ngừng nhận số…
super-gate-close-advice = Máy lấy số sẽ ngừng phát số cho { $name } ngay bây giờ. { $waiting ->
    [0] Không có ai đang chờ.
   *[other] { $waiting } người đang chờ vẫn giữ số và vẫn được gọi.
}
super-gate-close-sure = Ngừng nhận số
super-limit-label = Phát thêm
super-limit-unit = số nữa rồi ngừng
super-limit-do = Giới hạn
super-limit-change = Đổi giới hạn
super-limit-wrong = Hãy nhập một số từ 0 đến { $most }.

super-helpers = Gọi đồng nghiệp đến giúp
super-helpers-none = Không quầy nào phục vụ hoặc giúp được hàng này. Hãy phân thêm hàng cho một quầy.
super-helpers-all = Xem cả { $n } quầy
super-helper-free = Đang rảnh
super-helper-paused = Tạm ngừng
super-helper-closed = Đã đóng
super-helper-busy = Đang có người
super-helper-own = phục vụ hàng này
super-helper-helps = có thể giúp
super-summon = Gọi…
super-summon-why = Gọi vì việc gì?
super-summoned = Đã gọi lúc { $time }
super-who-waits = Ai đang chờ
super-who-waits-none = Không có ai chờ ở hàng này.

super-ticket-gone = Số này không còn chờ nữa: đã được gọi, đã chuyển đi hoặc đã hủy.
super-move = Chuyển đến nơi khác
super-move-advice = { $label } giữ nguyên số.
super-move-search = Gõ tên cơ quan, chữ cái hoặc số quầy
super-move-none = Không thấy nơi nào như vậy. Thử gõ ít chữ hơn.
super-move-to-queue = { $label } sẽ rời hàng này và chờ ở hàng { $place }. Bảng và phiếu điện tử của khách sẽ đổi theo.
super-move-to-counter = { $label } sẽ chỉ chờ { $place }, không quầy nào khác gọi được.
super-move-sure = Chuyển

super-help-asked = Quầy này gọi người giúp lúc { $time }.
super-officer-acts = Việc với quầy này
super-away-advice = Trang của cán bộ không còn liên lạc. Có thể gọi, nhận quầy thay, hoặc đóng quầy.
super-take-over = Nhận quầy thay…
super-take-over-advice = { $officer ->
    [none] Bạn sẽ ngồi quầy { $number }.
   *[other] Bạn sẽ ngồi quầy { $number } thay { $officer }.
} { $label ->
    [none] Quầy vẫn mở.
   *[other] { $label } ở lại quầy, do bạn phục vụ.
}
super-take-over-sure = Nhận quầy
super-close-counter = Đóng quầy…
super-close-counter-advice = { $label ->
    [none] Quầy { $number } sẽ đóng; không ai được gọi đến đó nữa.
   *[other] { $label } sẽ trở về hàng, giữ chỗ cũ; rồi quầy { $number } đóng.
}
super-close-counter-sure = Đóng quầy { $number }
super-to-desk = Mở bàn quầy

super-assign = Phân công
super-assign-serves = Phục vụ
super-assign-helps = Giúp khi rảnh
super-assign-nothing = không hàng nào
super-assign-change = Đổi phân công…
super-way-serves = Phục vụ
super-way-helps = Giúp
super-way-none = Không
super-assign-one = Một quầy phải phục vụ ít nhất một hàng.
super-assign-same = Chưa có gì thay đổi
super-assign-do = Lưu phân công…
super-assign-advice = Từ lượt gọi tới, quầy { $number } phục vụ: { $queues }. Giúp khi rảnh: { $helps }.
super-assign-sure = Lưu

super-reprint = In lại phiếu
super-reprint-advice = Phiếu in lại giữ nguyên số và có dòng “BẢN SAO”.
super-reprint-none = Lúc này không có máy nào in được.
super-reprint-at = In tại { $place }

super-printer-what = Làm gì bây giờ
super-printer-do-ready = Không phải làm gì.
super-printer-do-none = Máy này không có máy in; người dân xem số trên màn hình và mã QR.
super-printer-do-low = Chuẩn bị một cuộn giấy 80 mm và thay khi vắng người.
super-printer-do-out = Mở nắp, lắp cuộn giấy hoặc gỡ giấy kẹt, đóng nắp lại. Số đã lấy không mất; phiếu chưa in sẽ in tiếp.
super-printer-do-unknown = Máy in chưa cho biết tình trạng. Hãy xem đèn trên máy, nguồn điện và dây nối.
super-kiosk-gives = Đang phát số
super-kiosk-shut = Không phát số

## What came of an act

super-busy = Đang thực hiện…
super-refused = Chưa làm được:
super-unknown = Chưa biết việc vừa rồi đã tới máy chủ hay chưa.
super-unknown-advice = Thử lại không làm hai lần; hoặc xem màn hình tự cập nhật.
super-done-close_queue = Đã ngừng nhận số cho { $name }.
super-done-open_queue = { $name } nhận số trở lại.
super-done-limit_queue = { $name } chỉ phát thêm { $numbers } số hôm nay.
super-done-reprint = Đã gửi in bản sao phiếu { $label } tại { $place }.
super-done-move = Đã chuyển { $label } đến { $place }.
super-done-assign = Quầy { $number } nay phục vụ: { $queues }.
super-done-summon = Đã gọi quầy { $number }: { $reason }.
super-done-answer = Quầy { $number } biết là bạn đang đến.
super-done-take_over = Bạn đã nhận quầy { $number }.
super-done-close_counter = Quầy { $number } đã đóng.
super-done-clear_counter = { $label } đã về hàng; quầy { $number } đã đóng.
