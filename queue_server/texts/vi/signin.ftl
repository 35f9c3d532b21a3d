### Signing in.

signin-title = Đăng nhập
signin-login = Tên đăng nhập
signin-password = Mật khẩu
signin-show = Hiện
signin-hide = Ẩn
signin-do = Đăng nhập
signin-busy = Đang đăng nhập…
signin-help = Quên mật khẩu hoặc chưa có tài khoản: vui lòng hỏi người quản trị của trung tâm.
signin-empty = Chưa đủ thông tin
signin-empty-advice = Vui lòng nhập cả tên đăng nhập và mật khẩu.
signin-wrong = Tên đăng nhập hoặc mật khẩu chưa đúng
signin-wrong-advice = Vui lòng kiểm tra phím Caps Lock, bộ gõ tiếng Việt, rồi nhập lại.
signin-throttled = Đã thử sai nhiều lần
signin-throttled-advice = Để bảo vệ tài khoản, vui lòng chờ { $n } phút rồi thử lại.
signin-away-advice = Vui lòng thử lại sau ít giây, hoặc báo cán bộ kỹ thuật.
