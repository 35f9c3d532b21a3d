### Words that every screen uses: connection, units, states, common buttons.

connection-connecting = Đang kết nối…
connection-stale = Đang mất kết nối với máy chủ
connection-stale-advice = Màn hình sẽ tự cập nhật khi có kết nối trở lại. Không có số nào bị mất.
connection-refused = Màn hình này chưa được phép xem thông tin ở đây
connection-refused-advice = Vui lòng báo cán bộ kỹ thuật của trung tâm.

problem-unreachable = Chưa liên lạc được với máy chủ
problem-unreachable-advice = Không có gì bị mất. Vui lòng thử lại sau ít giây.
problem-server = Máy chủ gặp lỗi
problem-server-advice = Không có gì bị mất. Vui lòng thử lại; nếu vẫn lỗi, xin báo mã { $id } cho cán bộ kỹ thuật.

language-vi = Tiếng Việt
language-en = English
language-choice = Ngôn ngữ

button-back = Quay lại
button-cancel = Hủy
button-close = Đóng
button-continue = Tiếp tục
button-retry = Thử lại
button-start-over = Làm lại từ đầu

state-waiting = Đang chờ
state-called = Đang gọi
state-serving = Đang phục vụ
state-finished = Đã xong
state-no_show = Vắng mặt
state-parked = Tạm gác
state-cancelled = Đã hủy
state-expired = Hết hiệu lực

counter-open = Đang mở
counter-paused = Tạm ngừng
counter-closed = Đã đóng
counter-number = Quầy { $number }

unit-minutes = { $n } phút
unit-people = { $n } người
## A likely wait, in whole minutes.
wait-interval = { $low ->
    [0] dưới { $high } phút
   *[other] { $low }–{ $high } phút
}
wait-about = khoảng { $n } phút
wait-now = gần như không phải chờ
wait-unknown = chưa ước được

arrow-left = rẽ trái
arrow-right = rẽ phải
arrow-ahead = đi thẳng
arrow-up-left = đi chếch sang trái
arrow-up-right = đi chếch sang phải
arrow-back = quay ra phía sau
