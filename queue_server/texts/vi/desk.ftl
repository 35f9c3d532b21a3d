### The officer's desk.

## Signing in and out, choosing a counter

desk-choose = Hôm nay { $name } ngồi quầy nào?
desk-no-counter = Tài khoản này chưa được giao quầy
desk-no-counter-advice = Vui lòng báo người quản trị của trung tâm giao quầy cho tài khoản “{ $login }”.
desk-yours = Quầy đang mở của tôi
desk-other-counter = Đổi quầy
desk-sign-in = Đăng nhập
desk-sign-out = Đăng xuất
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
desk-pause = Tạm ngừng
    .busy = Đang tạm ngừng…
desk-close = Đóng quầy
    .busy = Đang đóng…
desk-nobody = Chưa có ai chờ

## Why a verb cannot be done now

desk-why-stale = Đang mất kết nối: chờ có kết nối trở lại
desk-why-loading = Đang tải tình hình của quầy
desk-why-closed = Quầy đang đóng: mở quầy trước
desk-why-taken = Quầy này đang do cán bộ khác phụ trách
desk-why-paused = Quầy đang tạm ngừng: tiếp tục nhận khách trước
desk-why-busy = Còn khách ở quầy: xong với khách này trước
desk-why-serving = Đang phục vụ: kết thúc trước
desk-why-empty = Chưa có ai chờ ở các hàng của quầy
desk-why-nobody = Chưa gọi ai đến quầy

## The middle: with nobody here

desk-loading-headline = Đang tải…
desk-loading-advice = Tình hình của quầy { $number } đang trên đường tới.
desk-closed-headline = Quầy { $number } đang đóng
desk-closed-advice = Mở quầy khi sẵn sàng nhận khách.
desk-taken-headline = Cán bộ khác đang ở quầy { $number }
desk-taken-advice = Mỗi quầy chỉ có một cán bộ. Khi quầy được đóng, màn hình này mở được ngay.
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
desk-ring-calm = trong hẹn 15 phút
desk-ring-soon = sắp hết 15 phút
desk-ring-late = { $n ->
    [0] đã quá 15 phút
   *[other] quá hẹn { $n } phút
}

## The lines, who is next, the last ten

desk-lines = Đang chờ
desk-people-waiting = người ở các hàng của quầy
desk-line-empty = Không có ai
desk-line-wait = Chờ { $low }–{ $high } phút
desk-line-wait-unknown = Chưa ước được
desk-line-priority = { $n } ưu tiên
desk-next = Tiếp theo
desk-next-nobody = Chưa có ai.
desk-next-since = Chờ từ { $time } ({ $n } phút)
desk-next-why = Vì sao
desk-next-then = Sau đó
desk-next-then-nobody = Không còn ai.
desk-recent = 10 số gần nhất
desk-recent-none = Chưa có số nào xong ở quầy này hôm nay.

## What came of a verb

desk-refused = Chưa làm được “{ $verb }”:
desk-understood = Đã rõ
desk-nobody-came = Chưa có ai chờ ở các hàng của quầy này.
desk-unknown = Chưa biết “{ $verb }” đã tới máy chủ hay chưa.
desk-unknown-advice = Thử lại không làm hai lần; hoặc chờ màn hình tự cập nhật.
desk-stale-advice = Màn hình đang giữ tình hình cũ và sẽ tự cập nhật. Không có số nào bị mất; các nút tạm chờ.

## Questions

desk-pause-title = Tạm ngừng vì việc gì?
desk-pause-advice = Bảng trong sảnh sẽ báo quầy tạm ngừng. Bấm phím số để chọn.
desk-pause-break = Nghỉ giải lao
desk-pause-lunch = Nghỉ trưa
desk-pause-meeting = Họp
desk-pause-errand = Xử lý hồ sơ nội bộ
desk-pause-technical = Sự cố máy móc

desk-cancel-title = Hủy số { $label }?
desk-cancel-advice = Số đã hủy không gọi lại được; khách sẽ phải lấy số mới.
desk-cancel-keep = Giữ { $label }
desk-cancel-do = Hủy số { $label }

desk-transfer-title = Chuyển { $label } đến đâu?
desk-transfer-advice = Khách giữ nguyên số và thời gian đã chờ.
desk-transfer-search = Gõ tên cơ quan, chữ cái hoặc số quầy
desk-transfer-queue = Hàng chờ
desk-transfer-none = Không thấy nơi nào như vậy. Thử gõ ít chữ hơn.
