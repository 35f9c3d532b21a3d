### The citizen's own number on the phone.

ticket-yours = Số của bạn
ticket-ahead = người phía trước
ticket-first = Sắp đến lượt bạn
ticket-wait = Chờ khoảng:
ticket-hall = trong sảnh
ticket-waiting-advice = Mời bạn ngồi chờ: { $where }. Khi đến lượt, trang này, bảng và loa sẽ báo.
ticket-called = Mời bạn đến quầy { $number }
ticket-serving = Bạn đang được phục vụ tại quầy { $number }
ticket-title-called = { $label }: mời đến quầy { $number }
ticket-finished = Đã xong
ticket-finished-advice = Cảm ơn bạn đã đến. Nếu cần thêm việc khác, mời bạn lấy số mới.
ticket-no_show = Đã qua lượt của bạn
ticket-no_show-advice = Bạn vui lòng liên hệ quầy hướng dẫn.
ticket-cancelled = Số này đã hủy
ticket-cancelled-advice = Nếu vẫn cần làm thủ tục, mời bạn lấy số mới.
ticket-expired = Số này đã hết hiệu lực
ticket-expired-advice = Số chỉ dùng trong ngày. Mời bạn lấy số mới vào ngày làm việc tiếp theo.
ticket-parked = Số của bạn đang được tạm giữ
ticket-parked-advice = Bạn không mất lượt. Cán bộ sẽ gọi lại.
ticket-called-advice = Bạn vui lòng nhìn bảng trong sảnh.
ticket-serving-advice = Bạn vui lòng ở lại quầy.
ticket-fresh = Trang này tự cập nhật
ticket-stale = Chưa có kết nối. Tình hình lúc { $time }; trang sẽ tự cập nhật.
ticket-unknown = Không tìm thấy số này
ticket-unknown-advice = Số chỉ xem được trong ngày. Bạn vui lòng quét lại mã QR trên phiếu, hoặc hỏi quầy hướng dẫn.
