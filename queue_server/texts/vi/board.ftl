### The hall's board.

board-title = Bảng gọi số
board-now = Xin mời số
board-to-counter = đến quầy
board-counter = Quầy
board-last = Số vừa mời
board-at-counter = tại quầy
board-before = Vừa mời
board-waiting = Đang chờ
board-waiting-people = { $n } người
board-page = { $page }/{ $of }

board-empty = Số của bạn sẽ hiện ở đây
board-empty-more = Khi đến lượt, số của bạn cũng được đọc to. Xin mời bạn ngồi chờ.
board-empty-more-silent = Xin mời bạn ngồi chờ và theo dõi bảng này.
board-missed = qua lượt
board-before-empty = Chưa có lượt gọi nào.
board-waiting-empty = Chưa có ai đang chờ.
board-line-unstaffed = chưa mở quầy

board-outside-hours = Ngoài giờ làm việc
board-holiday = Hôm nay trung tâm nghỉ lễ
board-hours = Giờ làm việc: { $hours }

board-notice-missed = Nếu lỡ lượt, bạn vui lòng liên hệ quầy hướng dẫn.
board-notice-keep = Bạn vui lòng giữ phiếu số đến khi xong việc.

board-sound-on = Có tiếng
board-sound-starting = Đang mở tiếng
board-sound-silent = Chưa có tiếng
board-sound-off = Không phát tiếng
board-sound-trouble = Thiếu đoạn tiếng
board-sound-none = Chưa có giọng đọc
board-touch = Chạm vào màn hình để bật tiếng
board-touch-more = Các số vẫn hiện đầy đủ trên bảng.

board-stale-advice = Bảng còn giữ thông tin lúc { $time } và sẽ tự cập nhật khi có kết nối trở lại.
