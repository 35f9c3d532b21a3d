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
