### The officer's desk.

## Signing in and out, choosing a counter

desk-choose = Hôm nay { $name } ngồi quầy nào?
desk-no-counter = Tài khoản này chưa được giao quầy
desk-no-counter-advice = Vui lòng báo người quản trị của trung tâm giao quầy cho tài khoản “{ $login }”.
desk-yours = Quầy đang mở của tôi
desk-other-counter = Đổi quầy
desk-sign-in = Đăng nhập
desk-sign_out = Đăng xuất
desk-sign-out-busy = Vui lòng xong với { $label } trước khi đăng xuất.
desk-session-ended = Phiên đăng nhập đã hết.
desk-session-ended-advice = Không có số nào bị mất. Vui lòng đăng nhập lại để làm tiếp.

## The top line

desk-since = từ { $time }
desk-tone = Âm báo
desk-keys = Phím tắt

## The verbs: short on a button; .next on the large button; .busy while under way

desk-actions = Thao tác
desk-open = Mở quầy
    .next = Mở quầy { $number }
    .busy = Đang mở quầy…
desk-resume = Tiếp tục nhận khách
    .next = Tiếp tục nhận khách
    .busy = Đang mở lại…
desk-call = Gọi
    .next = Gọi { $label }
    .busy = Đang gọi { $label }…
desk-start = Bắt đầu
    .next = Bắt đầu { $label }
    .busy = Đang ghi bắt đầu…
desk-finish = Kết thúc
    .next = Kết thúc { $label }
    .busy = Đang ghi kết thúc…
desk-recall = Gọi lại
    .busy = Đang gọi lại…
desk-no_show = Vắng mặt
    .busy = Đang ghi vắng…
desk-return = Trả về hàng
    .busy = Đang trả về…
desk-transfer = Chuyển
    .busy = Đang chuyển…
desk-cancel = Hủy số
    .busy = Đang hủy…
desk-park = Tạm gác
    .busy = Đang tạm gác…
desk-unpark = Về hàng
    .busy = Đang trả về hàng…
desk-unpark-label = Trả { $label } về hàng chờ
desk-again = Gọi lại
    .busy = Đang gọi { $label }…
desk-again-label = Gọi { $label } đến quầy
desk-add_service = Thêm nơi đến
    .busy = Đang thêm…
desk-outcome = Kết quả khác
    .busy = Đang ghi kết thúc…
desk-other = Gọi số khác
desk-note = Ghi chú
desk-reprint = In lại phiếu
    .busy = Đang gửi in…
desk-undo = Hoàn tác
    .busy = Đang hoàn tác…
desk-take_over = Nhận quầy
    .next = Nhận quầy { $number }
    .busy = Đang nhận quầy…
desk-ask_help = Nhờ hỗ trợ
    .busy = Đang báo…
desk-no_help = Thôi nhờ hỗ trợ
    .busy = Đang báo…
desk-answer = Đã rõ, làm ngay
    .busy = Đang báo…
desk-help = Xem các phím
desk-pause = Tạm ngừng
    .busy = Đang tạm ngừng…
desk-close = Đóng quầy
    .busy = Đang đóng…
desk-nobody = Chưa có ai chờ

## The second line of a button; what the undo strip says

desk-recall-calls = { $calls ->
    [0] chưa gọi
   *[other] đã gọi { $calls } lần
}
desk-recall-wait = { $calls } lần · chờ { $n } s
desk-no_show-calls = gọi thêm { $n } lần
desk-finish-then = rồi mời sang { $place }
desk-did-called = Đã gọi { $label }
desk-did-no_show = Đã ghi vắng { $label }
desk-did-finished = Đã kết thúc { $label }
desk-undo-left = còn { $n } s

## Why a verb cannot be done now

desk-why-stale = Đang mất kết nối: chờ có kết nối trở lại
desk-why-loading = Đang tải tình hình của quầy
desk-why-closed = Quầy đang đóng: mở quầy trước
desk-why-taken = Quầy này đang do cán bộ khác phụ trách
desk-why-paused = Quầy đang tạm ngừng: tiếp tục nhận khách trước
desk-why-busy = Còn khách ở quầy: xong với khách này trước
desk-why-serving = Đang phục vụ: việc này chỉ làm khi đang gọi
desk-why-empty = Chưa có ai chờ ở các hàng của quầy
desk-why-open = Quầy đang mở
desk-why-not-started = Bấm Bắt đầu khi khách đã đến quầy
desk-why-recall = Vừa gọi xong: chờ { $seconds } giây nữa mới gọi lại được
desk-why-calls = Gọi thêm { $n } lần nữa mới ghi vắng được
desk-why-right = Tài khoản này chưa được giao việc này
desk-why-no-summons = Không có yêu cầu nào của người phụ trách
desk-why-asked = Đã báo người phụ trách, xin chờ
desk-why-not-asked = Chưa nhờ hỗ trợ
desk-why-summons = Trả lời người phụ trách trước
desk-why-no-undo = Không có việc nào vừa làm để hoàn tác
desk-why-nobody = Chưa gọi ai đến quầy
desk-why = { $verb }: { $why }

## The middle: with nobody here

desk-loading-headline = Đang tải…
desk-loading-advice = Tình hình của quầy { $number } đang trên đường tới.
desk-closed-headline = Quầy { $number } đang đóng
desk-closed-advice = Mở quầy khi sẵn sàng nhận khách.
desk-taken-headline = { $name } đang ở quầy { $number }
desk-taken-advice = Mỗi quầy chỉ có một cán bộ. Khi quầy được đóng, màn hình này mở được ngay.
desk-taken-over-headline = { $name } đã nhận quầy { $number }
desk-taken-over-advice = Từ { $time }, khách và ghi chú ở quầy này do { $name } phụ trách. Không có số nào bị mất.
desk-away = Đã lâu không thấy màn hình của { $name }
desk-paused-headline = Đang tạm ngừng
desk-paused-advice = { $reason }, từ { $time }. Khách ở các hàng vẫn giữ nguyên chỗ.
desk-empty-headline = Chưa có ai chờ
desk-empty-advice = Khi có người lấy số, màn hình và âm báo sẽ cho biết ngay.
desk-ready-headline = Sẵn sàng
desk-ready-advice = Người tiếp theo là { $label }.

## The middle: the person who is here

desk-state-called = { $calls ->
    [0] Đang gọi
    [1] Đang gọi
   *[other] Đang gọi lần { $calls }
}
desk-state-serving = Đang phục vụ
desk-no-service = Chưa chọn thủ tục
desk-issued = Lấy số { $time }
desk-slot = Hẹn { $time }
desk-called = { $calls ->
    [0] Gọi { $time }
    [1] Gọi { $time }
   *[other] Gọi { $time }, { $calls } lần
}
desk-started = Bắt đầu { $time }
desk-waited = Đã chờ { $n } phút
desk-minutes = { $n } phút
desk-minute-unit = phút
desk-ring-before = kể từ khi gọi
desk-ring-calm = trong hẹn { $promised } phút
desk-ring-soon = sắp hết { $promised } phút
desk-ring-late = { $n ->
    [0] đã quá { $promised } phút
   *[other] quá hẹn { $n } phút
}

## The lines, who is next, the last ten

desk-lines = Đang chờ
desk-people-waiting = người ở các hàng của quầy
desk-line-empty = Không có ai
desk-line-wait = Chờ { $low }–{ $high } phút
desk-line-wait-unknown = Chưa ước được
desk-line-priority = { $n } ưu tiên
desk-line-oldest = lâu nhất { $n } phút
desk-line-closed = Đã ngừng cấp số
desk-line-limit = Còn cấp { $n } số
desk-next = Tiếp theo
desk-next-nobody = Chưa có ai.
desk-next-since = Chờ từ { $time } ({ $n } phút)
desk-next-why = Vì sao
desk-next-then = Sau đó
desk-next-then-nobody = Không còn ai.
desk-recent = 10 số gần nhất
desk-recent-none = Chưa có số nào xong ở quầy này hôm nay.
desk-again-until = đến { $time }
desk-stops = Sau đó

## Put aside; the supervisor

desk-parked = Đang tạm gác
desk-parked-why = { $reason }, từ { $time }
desk-parked-remind = nhắc lúc { $time }
desk-parked-due = đến giờ nhắc
desk-parked-title = { $label } đang tạm gác
desk-supervisor = Người phụ trách
desk-summons = Người phụ trách nhờ, { $time }:
desk-help-asked = đã nhờ lúc { $time }

## The note

desk-note-advice = Ghi cho người tiếp theo; không cần thông tin cá nhân.
desk-note-writing = { $n }/{ $most } · Enter để lưu
desk-note-saving = Đang lưu…
desk-note-saved = Đã lưu
desk-note-unsaved = Chưa lưu được, chữ vẫn giữ ở đây

## What came of a verb

desk-refused = Chưa làm được “{ $verb }”:
desk-understood = Đã rõ
desk-nobody-came = Chưa có ai chờ ở các hàng của quầy này.
desk-onward = Mời { $label } đến { $place }
desk-onward-counters = quầy { $numbers }
desk-unknown = Chưa biết “{ $verb }” đã tới máy chủ hay chưa.
desk-unknown-advice = Thử lại không làm hai lần; hoặc chờ màn hình tự cập nhật.
desk-stale-advice = Màn hình đang giữ tình hình cũ và sẽ tự cập nhật. Không có số nào bị mất; các nút tạm chờ.

## Questions

desk-pause-title = Tạm ngừng vì việc gì?
desk-pause-advice = Bảng trong sảnh sẽ báo quầy tạm ngừng. Bấm phím số để chọn.

desk-cancel-title = Hủy số { $label }?
desk-cancel-advice = Số đã hủy không gọi lại được; khách sẽ phải lấy số mới. Bấm phím số để chọn lý do và hủy.
desk-cancel-keep = Giữ { $label }

desk-transfer-title = Chuyển { $label } đến đâu?
desk-transfer-advice = Khách giữ nguyên số và thời gian đã chờ.
desk-transfer-search = Gõ tên cơ quan, chữ cái hoặc số quầy
desk-transfer-none = Không thấy nơi nào như vậy. Thử gõ ít chữ hơn.

desk-add_service-title = { $label } cần đến thêm nơi nào?
desk-add_service-advice = Khách giữ nguyên số; xong ở đây sẽ được xếp vào hàng của nơi này.
desk-add_service-planned = Đã có: { $stops }. Nơi mới sẽ xếp sau cùng.
desk-add_service-search = Gõ tên cơ quan hoặc chữ cái

desk-park-title = Tạm gác { $label } vì việc gì?
desk-park-advice = Khách không phải lấy số mới. Bấm phím số để chọn lý do.
desk-park-remind = Nhắc tôi sau
desk-park-never = Không nhắc
desk-park-minutes = { $n } phút

desk-outcome-title = { $label } kết thúc thế nào?
desk-outcome-advice = Bấm phím số để chọn và kết thúc.

desk-other-title = Gọi số nào?
desk-other-advice = Số đang tạm gác và số vừa qua quầy này.
desk-other-any = Số đang tạm gác, số vừa qua quầy này và số đang chờ.
desk-other-search = Gõ số, ví dụ 27
desk-other-none = Không có số nào như vậy gọi được lúc này.

desk-reprint-title = In lại phiếu của số nào?
desk-reprint-advice = Phiếu in lại giữ nguyên số và có dòng “BẢN SAO”. Số đã xong hoặc đã hủy không in lại được.
desk-reprint-marked = Phiếu in lại giữ nguyên số và có dòng “BẢN SAO”.
desk-reprint-search = Gõ số trên phiếu, ví dụ C027
desk-reprint-none = Gõ đủ số, ví dụ C027, để tìm số khác.
desk-reprint-find = Tìm trong các số của hôm nay
desk-reprint-where = In bản sao phiếu { $label } ở đâu?
desk-reprint-no-printer = Lúc này không có máy nào in được. Vui lòng báo người điều phối.
desk-copied = Đã gửi in bản sao phiếu { $label } tại { $place }.
desk-copied-somewhere = Đã gửi in bản sao phiếu { $label }.

desk-sign-out-title = Đăng xuất?
desk-sign-out-advice = Quầy { $number } sẽ đóng.

desk-help-title = Các phím của quầy
desk-help-now = Làm được ngay
desk-help-later = Lúc khác
desk-help-digits = Mở số đang tạm gác
