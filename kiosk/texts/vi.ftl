# The paper slip. Vietnamese is the source.

slip-copy = BẢN SAO
slip-your-number = Số thứ tự của Quý khách
slip-ahead = Đang chờ trước
slip-ahead-people = { $count ->
    [0] không có ai
   *[other] { $count } người
}
slip-wait = Dự kiến chờ
slip-wait-range = khoảng { $low }–{ $high } phút
slip-wait-about = khoảng { $minutes } phút
slip-wait-under = dưới { $minutes } phút
slip-wait-unknown = chưa tính được
slip-issued = Lấy số lúc { $time }
slip-track = Quét mã để theo dõi lượt trên điện thoại.
slip-offline = Số cấp khi mất kết nối
slip-offline-wait = Lượt được tính theo giờ lấy số. Chưa biết số người chờ trước.
slip-counters = { $count ->
    [1] Quầy { $numbers }
   *[other] Các quầy { $numbers }
}

# What a kiosk says by itself while it cannot reach the server.

agent-unreachable-title = Chưa kết nối được máy chủ
agent-unreachable = Máy chưa thể cấp số. Vui lòng thử lại, hoặc đến quầy hướng dẫn.
agent-numbers_used_up-title = Máy này đã hết số
agent-numbers_used_up = Máy đang mất kết nối và đã cấp hết số dành riêng. Vui lòng đến quầy hướng dẫn để được hỗ trợ.
agent-outside_hours-title = Ngoài giờ làm việc
agent-outside_hours = Trung tâm đang ngoài giờ làm việc nên không cấp số.
agent-unknown_queue-title = Không có hàng chờ này
agent-unknown_queue = Hàng chờ này không có ở trung tâm. Vui lòng chọn lại.
agent-queue_closed-title = Hàng chờ đã đóng
agent-queue_closed = Hàng chờ này hôm nay không cấp số nữa. Vui lòng đến quầy hướng dẫn.
agent-queue_full-title = Hàng chờ đã đủ số
agent-queue_full = Hàng chờ này hôm nay đã cấp đủ số. Vui lòng đến quầy hướng dẫn.
agent-key_reused-title = Yêu cầu không khớp
agent-key_reused = Yêu cầu này khác với lần trước. Vui lòng bắt đầu lại.
agent-not_found-title = Không tìm thấy
agent-not_found = Máy không có nội dung này.
agent-malformed_request-title = Yêu cầu không hợp lệ
agent-malformed_request = Yêu cầu không đọc được. Vui lòng báo kỹ thuật viên.
