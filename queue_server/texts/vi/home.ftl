### The front door.

home-name = Một Cửa
home-title = Một Cửa: trung tâm mẫu
home-promise = Lấy một số, đến đúng quầy, phục vụ đúng lượt.
home-what = Một Cửa điều hành sảnh của trung tâm phục vụ hành chính công: người dân lấy số, cán bộ gọi số, bảng và loa cho biết số nào đến quầy nào.
home-this = Đây là một trung tâm mẫu đang chạy thật trên máy này, với cơ quan và thủ tục thật của tỉnh Quảng Ninh.
home-docs = Tài liệu API
home-sign-in = Đăng nhập
home-entrance = Trang này dành cho người làm việc tại trung tâm. Người dân xem số của mình bằng mã QR trên phiếu.

home-step-take = Lấy số
home-step-take-how = Chạm vào máy lấy số như người vừa bước vào sảnh. Phiếu in ra hiện ở bên phải trang này.
home-step-hear = Mở bảng của sảnh
home-step-hear-how = Số được gọi hiện trên bảng và được đọc bằng tiếng Việt, rồi tiếng Anh. Chạm một lần để bật tiếng.
home-step-call = Gọi số
home-step-call-how = Ngồi vào một quầy phục vụ cơ quan vừa chọn, mở quầy rồi gọi số tiếp theo.
home-choose-counter = Chọn quầy

home-supervisor = Nhìn cả sảnh
home-supervisor-how = Xem mọi hàng, mọi quầy và việc cần xử lý với tài khoản { $login }, mật khẩu { $password }.
home-supervisor-enter = Điều phối sảnh

home-counters = Các quầy
home-counters-of = Phục vụ
home-counters-all = Tất cả cơ quan
home-password = Mật khẩu mẫu của mọi quầy: { $password }
home-passwords = Tên đăng nhập và mật khẩu mẫu ghi trên từng quầy.
home-two-desks = Một trình duyệt chỉ ngồi một quầy; muốn ngồi hai quầy, hãy mở quầy thứ hai trong cửa sổ ẩn danh.

home-shelf = Máy in vừa in
home-shelf-empty = Chưa có phiếu nào. Lấy một số ở máy lấy số, phiếu sẽ hiện ở đây.
home-slip = Phiếu số { $label }
home-slip-unnamed = Một phiếu vừa in
home-foot = Dữ liệu của trung tâm mẫu nằm trên máy này và không gửi đi đâu. Dừng bằng Ctrl-C ở nơi đã khởi động.

home-centres = Chọn trung tâm
home-centres-find = Tìm theo tên
home-centres-none = Không có trung tâm nào có tên như vậy.
