### The kiosk at the entrance: from a touch to a number.

kiosk-start-title = Lấy số thứ tự
kiosk-start = Chạm vào đây để bắt đầu

kiosk-progress = Bước { $step } trên { $last }: { $what }
kiosk-step-agency = chọn cơ quan
kiosk-step-queue = chọn việc
kiosk-step-service = chọn việc
kiosk-step-confirm = lấy số
kiosk-question-agency = Bạn cần đến cơ quan nào?
kiosk-question-queue = Bạn đến làm việc gì?
kiosk-question-service = Bạn đến làm việc gì?
kiosk-question-confirm = Bạn có thuộc diện ưu tiên không?
kiosk-question-trouble = Chưa lấy được số

kiosk-up = Lên trên
kiosk-down = Xem tiếp bên dưới

kiosk-other = Việc khác
kiosk-other-about = Hoặc bạn chưa rõ: cán bộ ở quầy sẽ hướng dẫn
kiosk-other-chosen = Việc khác
kiosk-services-failed = Danh mục chưa hiện được; bạn vẫn lấy số như thường, cán bộ ở quầy sẽ hướng dẫn

kiosk-shut-closed = Hôm nay đã ngừng nhận
kiosk-shut-full = Hôm nay đã hết số

kiosk-line-waiting = { $n ->
    [0] Chưa có ai chờ
   *[other] { $n } người đang chờ
}
kiosk-line-unknown = Chưa biết có bao nhiêu người đang chờ
kiosk-line-no-counter = Quầy chưa mở, số của bạn vẫn được giữ
kiosk-line-wait = Thời gian chờ: { $wait }

kiosk-take = Không, lấy số thường
kiosk-taking = Đang lấy số…
kiosk-priorities = Có, tôi thuộc diện:
kiosk-priorities-proof = Cán bộ ở quầy có thể xem giấy tờ của bạn.

kiosk-your-number = Số của bạn
kiosk-class = Ưu tiên: { $name }
kiosk-go-to = Mời bạn đến chờ ở
kiosk-counters = Quầy { $numbers }
kiosk-ahead = Trước bạn
kiosk-nobody-ahead = Chưa có ai
kiosk-likely-wait = Thời gian chờ
kiosk-qr = Quét mã này để theo dõi lượt của bạn trên điện thoại.

kiosk-slip-queued = Đang in phiếu…
kiosk-slip-printing = Đang in phiếu…
kiosk-slip-printed = Mời bạn lấy phiếu ở khe bên dưới.
kiosk-slip-failed = Phiếu chưa in được. Số của bạn đã được giữ: bạn vui lòng chụp lại màn hình này.
kiosk-slip-uncertain = Có thể phiếu chưa ra hết. Số của bạn đã được giữ: bạn có thể in bản sao, hoặc chụp lại màn hình này.
kiosk-slip-held = Máy in đang tạm dừng. Số của bạn đã được giữ: bạn vui lòng chụp lại màn hình này.
kiosk-slip-none = Máy này không in phiếu. Bạn vui lòng chụp lại màn hình này.

## A copy of the slip: the same number, marked as a copy.
kiosk-copy = In bản sao
kiosk-copy-queued = Đang in bản sao…
kiosk-copy-printing = Đang in bản sao…
kiosk-copy-printed = Mời bạn lấy bản sao ở khe bên dưới. Số của bạn không đổi.
kiosk-copy-held = Máy in đang tạm dừng. Số của bạn vẫn được giữ: bạn vui lòng chụp lại màn hình này.
kiosk-copy-failed = Bản sao chưa in được. Số của bạn vẫn được giữ: bạn vui lòng chụp lại màn hình này.
kiosk-copy-uncertain = Có thể bản sao chưa ra hết. Số của bạn vẫn được giữ: bạn vui lòng chụp lại màn hình này.
kiosk-copy-refused = Chưa in được bản sao. Số của bạn vẫn được giữ: bạn bấm lại, hoặc chụp lại màn hình này.

## A number that the kiosk gave while it could not reach the server.
kiosk-alone = Máy đang tạm mất kết nối với máy chủ
kiosk-alone-advice = Bạn vẫn lấy được số như thường. Lượt của bạn được tính theo giờ lấy số.
kiosk-given-alone = Số cấp khi mất kết nối
kiosk-given-alone-advice = Lượt của bạn được tính từ { $time }. Chưa biết có bao nhiêu người trước bạn.
kiosk-qr-alone = Khi có kết nối trở lại, quét mã này để theo dõi lượt của bạn trên điện thoại.

## A code before the scanner.
kiosk-scan-note = Đã có phiếu? Đưa mã QR trên phiếu vào máy quét để xem lượt của bạn.
kiosk-scan-looking = Đang tìm số của bạn…
kiosk-scan-go = Mời bạn đến
kiosk-scan-start = Lấy số
kiosk-scan-later = Chưa xem được lượt lúc này
kiosk-scan-later-advice = Số của bạn vẫn được giữ. Bạn vui lòng nhìn bảng trong sảnh, hoặc quét lại sau ít phút.
kiosk-scan-card = Máy đã đọc thẻ của bạn
kiosk-scan-card-advice = Bạn không cần thẻ để lấy số; máy không lưu gì từ thẻ. Nếu thuộc diện ưu tiên, bạn chọn ở bước cuối.
kiosk-scan-dossier = Đây là mã hồ sơ
kiosk-scan-dossier-advice = Để hỏi hồ sơ hoặc nhận kết quả, mời bạn lấy số của cơ quan đã nhận hồ sơ, rồi đưa mã này cho cán bộ ở quầy.
kiosk-scan-unreadable = Máy chưa nhận ra mã này
kiosk-scan-unreadable-advice = Bạn đưa mã QR trên phiếu lấy số lại gần máy quét, hoặc hỏi bàn hướng dẫn.

kiosk-closes-in = Màn hình tự đóng sau { $n } giây
kiosk-keep-open = Để thêm một phút
kiosk-done = Xong

kiosk-still-there = Bạn còn ở đó không?
kiosk-still-there-left = Màn hình sẽ trở về từ đầu sau { $n } giây.
kiosk-stay = Tôi còn ở đây
kiosk-leave = Về màn hình đầu

kiosk-connecting = Máy lấy số đang khởi động
kiosk-connecting-advice = Bạn vui lòng chờ trong giây lát.
kiosk-stale = Máy lấy số tạm mất kết nối
kiosk-stale-advice = Bạn vui lòng chờ trong giây lát, hoặc đến bàn hướng dẫn. Các số đã lấy vẫn được giữ.
kiosk-unreachable-advice = Bạn vui lòng bấm Thử lại. Dù bấm bao nhiêu lần, bạn cũng chỉ nhận một số.
kiosk-error-advice = Bạn vui lòng bấm Thử lại; bạn cũng chỉ nhận một số. Nếu vẫn chưa được, xin báo bàn hướng dẫn mã { $id }.
kiosk-refused-advice = Bạn chưa được cấp số nào. Bạn có thể chọn cơ quan khác, hoặc hỏi bàn hướng dẫn.
kiosk-other-agency = Chọn cơ quan khác
kiosk-not-admitted = Máy này chưa được phép cấp số
kiosk-not-admitted-advice = Bạn vui lòng lấy số ở máy khác, hoặc đến bàn hướng dẫn.
kiosk-closed = Trung tâm hiện chưa nhận số
kiosk-closed-advice = Mời bạn trở lại trong giờ làm việc:
kiosk-holiday = Hôm nay trung tâm nghỉ lễ
kiosk-holiday-advice = Mời bạn trở lại vào ngày làm việc:
kiosk-outside-hours = Ngoài giờ làm việc
kiosk-outside-hours-advice = Bạn vẫn lấy được số; quầy có thể chưa gọi ngay.
kiosk-holiday-soft = Hôm nay là ngày nghỉ lễ
kiosk-holiday-soft-advice = Bạn vẫn lấy được số; quầy có thể chưa gọi ngay.

kiosk-printer-paper-out = Máy in đã hết giấy
kiosk-printer-cover-open = Nắp máy in đang mở
kiosk-printer-broken = Máy in đang trục trặc
kiosk-printer-none = Máy này không in phiếu
kiosk-printer-advice = Bạn vẫn lấy được số: số hiện cùng mã QR, xin chụp lại màn hình bằng điện thoại.
kiosk-no-paper-advice = Máy này tạm ngừng cấp số. Bạn vui lòng lấy số ở máy khác, hoặc đến bàn hướng dẫn.
kiosk-paper-low = Nhân viên lưu ý: giấy in sắp hết, vui lòng thay cuộn mới.

kiosk-weekdays = { $from } đến { $to }
kiosk-weekday-0 = Thứ Hai
kiosk-weekday-1 = Thứ Ba
kiosk-weekday-2 = Thứ Tư
kiosk-weekday-3 = Thứ Năm
kiosk-weekday-4 = Thứ Sáu
kiosk-weekday-5 = Thứ Bảy
kiosk-weekday-6 = Chủ nhật
