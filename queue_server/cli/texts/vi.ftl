### Lời của `motcua device`, cho kỹ thuật viên. Mỗi mã một câu; .remedy là việc cần làm.

printer-ready = Máy in sẵn sàng.
printer-paper_low = Sắp hết giấy.
    .remedy = Chuẩn bị cuộn giấy mới; máy vẫn in được.
printer-paper_out = Hết giấy.
    .remedy = Mở nắp, đặt cuộn giấy mới, mặt nhiệt hướng lên đầu in, rồi đóng nắp.
printer-cover_open = Nắp máy in đang mở.
    .remedy = Đóng nắp đến khi nghe tiếng khớp.
printer-cutter_error = Dao cắt bị kẹt.
    .remedy = Tắt máy in, lấy giấy kẹt ra, bật lại. Nếu dao chưa về chỗ, xoay bánh răng cạnh dao theo sách của máy.
printer-offline = Không liên lạc được với máy in, hoặc máy in đang ngừng.
    .remedy = Kiểm tra nguồn, cáp và nút FEED; xem trang tự kiểm của máy in để biết địa chỉ.
printer-unknown = Máy in không trả lời câu hỏi về trạng thái.
    .remedy = Vẫn in được. Nếu máy in có dây hai chiều, kiểm tra tốc độ cổng và cáp; nhiều máy in rẻ không bao giờ trả lời.

sign-shown = Bảng số đã xác nhận.
sign-sent = Đã gửi; loại bảng này không trả lời.
    .remedy = Nhìn bảng số: nó phải hiện số thử.
sign-waiting = Chưa gửi được.
    .remedy = Chờ vài giây rồi thử lại.
sign-silent = Bảng số không trả lời.
    .remedy = Kiểm tra nguồn và địa chỉ của bảng, và xem hai dây A, B có bị đảo không.
sign-absent = Không mở được đường dây bảng số.
    .remedy = Kiểm tra bộ chuyển USB sang RS-485 và tên cổng.

scanner-waiting = Chưa mở được máy quét.
    .remedy = Chờ vài giây rồi thử lại.
scanner-ready = Máy quét sẵn sàng.
scanner-babbling = Máy quét gửi dữ liệu liên tục, tất cả đều bị bỏ.
    .remedy = Rút ra, cắm lại; nếu vẫn vậy, đặt lại máy quét bằng mã trong sách của máy.
scanner-absent = Không thấy máy quét.
    .remedy = Kiểm tra cáp; chạy `motcua device list` để xem tên cổng.

fault-address = Địa chỉ thiết bị viết sai.
    .remedy = Sửa theo ví dụ ở trên.
fault-unreachable = Không liên lạc được với thiết bị.
    .remedy = Kiểm tra nguồn, cáp và địa chỉ.
fault-broken_off = Mất liên lạc giữa chừng: không biết đã in được bao nhiêu.
    .remedy = Xem giấy đã ra; chỉ in lại khi biết chắc, và đánh dấu bản sao.
fault-not_ready = Thiết bị báo là chưa làm việc được.
    .remedy = Xem trạng thái ở trên.
fault-storage = Không ghi được vào tệp thay cho thiết bị.
    .remedy = Kiểm tra thư mục, quyền ghi và chỗ trống trên đĩa.
fault-unprintable = Trang này không in được trên máy in này.
    .remedy = Kiểm tra khổ giấy và số điểm in: paper=80|58, width=...
fault-missing_library = Thiếu phần mềm của hệ thống.
    .remedy = Cài gói được nêu ở trên bằng apt.
fault-no_permission = Không có quyền mở thiết bị.
    .remedy = Thêm người dùng vào nhóm dialout và lp, hoặc cài luật udev trong docs/hardware.md, rồi đăng nhập lại.
fault-busy = Thiết bị đang được chương trình khác dùng.
    .remedy = Dừng chương trình kia; với máy in USB, gỡ hàng đợi CUPS hoặc dùng cups://.
fault-not_found = Không thấy thiết bị.
    .remedy = Cắm lại cáp; chạy `motcua device list` để xem tên đúng.
fault-refused = Có máy ở địa chỉ này nhưng nó không nhận in.
    .remedy = Kiểm tra cổng (thường là 9100) và xem máy in có đang bận với máy khác không.
fault-no_route = Không có máy nào ở địa chỉ này.
    .remedy = Kiểm tra dây mạng và địa chỉ IP trên trang tự kiểm của máy in.

## motcua device test

test-doubt = Không chắc phiếu đã ra hết.
test-printed = Đã gửi { $bytes } byte trong { $ms } ms. Xem phiếu vừa ra.
test-confirmed = Máy in xác nhận đã in xong: { $bytes } byte trong { $ms } ms.
test-missing = Phông chữ thiếu các chữ: { $letters }
test-look = Mọi chữ phải đủ dấu, không chữ nào là ô vuông, mã QR phải quét được.
test-slip-title = Phiếu in thử
test-slip-printer = Máy in: { $url }
test-slip-letters = Các chữ tiếng Việt, thường rồi hoa:
test-scan = Đưa một mã vào máy quét trong { $seconds } giây.
test-scan-nothing = Không có mã nào.
scan-card = Thẻ căn cước: nhóm tuổi từ { $low }. Không lưu gì khác.
scan-ticket = Mã trên phiếu số thứ tự.
scan-dossier = Mã hồ sơ.
scan-unreadable = Mã không dùng được ({ $why }).
test-sign = Quầy { $counter }: { $said }

## motcua device list

list-nothing = Không thấy thiết bị nào cắm vào máy này.
list-network = Máy in mạng chỉ tìm được theo địa chỉ: motcua device test tcp://ĐỊA-CHỈ:9100
list-printer = máy in
list-serial = cổng nối tiếp
list-scanner = máy quét kiểu bàn phím

## motcua signs

signs-up = Bảng số đang theo máy chủ.
signs-lost = Không kết nối được máy chủ ({ $detail }). Máy tự thử lại.
    .remedy = Kiểm tra máy chủ và dây mạng; bảng số giữ số thêm một lúc, sau đó hiện như mục [shows] đã ghi.
signs-refused = Máy chủ không chấp nhận chương trình này: { $detail }
    .remedy = Trên máy chủ, tạo mã bằng `motcua token create --role board` rồi ghi vào nơi --token chỉ đến.
signs-unknown = Trung tâm không có quầy { $counters }: bảng số của các quầy này để tối.
    .remedy = Sửa mã quầy dưới mục [signs] cho đúng với tệp mô tả trung tâm.
signs-state = Quầy { $counter }: { $said }
signs-again = Quầy { $counter }: bảng số đã hoạt động lại.
