### Why a request was refused, and what to do next. One message for each code; .title is its short name.

## Rules of the hall.

problem-unknown_queue = Không có hàng chờ này ở trung tâm. Vui lòng chọn lại lĩnh vực.
    .title = Không có hàng chờ này
problem-unknown_service = Thủ tục này không thuộc hàng chờ đã chọn. Vui lòng chọn lại thủ tục.
    .title = Không có thủ tục này
problem-unknown_class = Trung tâm không có diện ưu tiên này. Vui lòng chọn lại.
    .title = Không có diện ưu tiên này
problem-unknown_language = Trung tâm không dùng ngôn ngữ này. Vui lòng chọn ngôn ngữ khác.
    .title = Không có ngôn ngữ này
problem-unknown_counter = Trung tâm không có quầy này. Vui lòng kiểm tra lại số quầy.
    .title = Không có quầy này
problem-unknown_ticket = Không tìm thấy số thứ tự này. Vui lòng kiểm tra lại, hoặc hỏi quầy hướng dẫn.
    .title = Không có số thứ tự này
problem-unknown_board = Trung tâm không có bảng hiển thị này. Vui lòng kiểm tra lại địa chỉ.
    .title = Không có bảng hiển thị này
problem-unknown_kiosk = Trung tâm không có máy lấy số này. Vui lòng kiểm tra lại địa chỉ.
    .title = Không có máy lấy số này
problem-outside_hours = { $notice ->
        [holiday] Hôm nay trung tâm nghỉ lễ nên không cấp số. Vui lòng quay lại vào ngày làm việc.
       *[outside_hours] Ngoài giờ làm việc nên trung tâm không cấp số. Vui lòng quay lại trong giờ làm việc.
    }
    .title = Ngoài giờ làm việc
problem-numbers_used_up = Hàng chờ này đã cấp hết số của hôm nay. Vui lòng hỏi quầy hướng dẫn.
    .title = Đã hết số hôm nay
problem-ticket_exists = Số thứ tự này đã được cấp trước đó, không cấp lại.
    .title = Số thứ tự đã có
problem-counter_closed = Quầy { $counter } đang đóng. Hãy mở quầy trước.
    .title = Quầy đang đóng
problem-counter_paused = Quầy { $counter } đang tạm ngừng. Hãy tiếp tục phục vụ trước.
    .title = Quầy đang tạm ngừng
problem-counter_not_paused = Quầy { $counter } không ở trạng thái tạm ngừng.
    .title = Quầy không tạm ngừng
problem-counter_taken = Người khác đang làm việc ở quầy { $counter }. Hãy chọn quầy khác, hoặc nhờ người đó đóng quầy.
    .title = Quầy đang có người làm việc
problem-counter_busy = Quầy { $counter } còn số { $label } { $state ->
        [called] đang gọi
       *[serving] đang phục vụ
    }. Hãy kết thúc số này trước.
    .title = Quầy đang bận
problem-officer_elsewhere = Bạn đang mở quầy { $counter }. Hãy đóng quầy đó trước.
    .title = Bạn đang ở quầy khác
problem-not_your_counter = Bạn không phụ trách quầy này, hoặc người khác đang làm việc ở đó.
    .title = Không phải quầy của bạn
problem-not_your_ticket = Số { $label } không thuộc quầy của bạn.
    .title = Không phải số của bạn
problem-nobody_waiting = Chưa có ai chờ ở quầy { $counter }.
    .title = Chưa có ai chờ
problem-not_served_here = Quầy { $counter } không phục vụ số { $label }. Hãy chuyển số này sang quầy phù hợp.
    .title = Quầy này không phục vụ
problem-wrong_state = Số { $label } { $state ->
        [waiting] đang chờ
        [called] đang được gọi
        [serving] đang được phục vụ
        [finished] đã xong
        [parked] đang tạm gác
        [no_show] đã ghi là vắng mặt
        [cancelled] đã hủy
       *[expired] đã hết hiệu lực
    } nên không làm được việc này.
    .title = Không đúng trạng thái
problem-no_printer = Lúc này không có máy in nào ở đó để in bản sao. Vui lòng chọn máy lấy số khác.
    .title = Không có máy in
problem-not_allowed = Tài khoản hoặc thiết bị này không có quyền làm việc này.
    .title = Không có quyền
problem-same_place = Số { $label } đang ở đúng nơi đó. Hãy chọn nơi khác.
    .title = Không đổi chỗ
problem-one_target = Hãy chọn một hàng chờ hoặc một quầy để chuyển đến, không chọn cả hai.
    .title = Cần đúng một nơi chuyển đến
problem-key_reused = Khóa Idempotency-Key này đã dùng cho một yêu cầu khác. Hãy dùng khóa mới.
    .title = Khóa đã dùng
problem-day_not_open = Ngày làm việc chưa mở hoặc đã đóng. Vui lòng báo người quản lý trung tâm.
    .title = Ngày làm việc chưa mở
problem-recall_too_soon = Vừa gọi số { $label }. Hãy chờ { $seconds } giây nữa rồi gọi lại.
    .title = Gọi lại quá sớm
problem-too_few_calls = Số { $label } mới được gọi { $calls } lần. Phải gọi đủ { $needed } lần mới ghi vắng mặt được.
    .title = Chưa gọi đủ số lần
problem-grace_over = Số { $label } đã quá hạn quay lại sau khi vắng mặt. Khách cần lấy số mới.
    .title = Đã quá hạn quay lại
problem-grace_used = Số { $label } đã được quay lại một lần. Khách cần lấy số mới.
    .title = Đã quay lại một lần
problem-undo_too_late = Chỉ hoàn tác được trong { $seconds } giây. Số { $label } giữ nguyên như hiện nay.
    .title = Đã quá lâu để hoàn tác
problem-unknown_reason = Lý do này không có trong danh sách của trung tâm. Vui lòng chọn lại.
    .title = Không có lý do này
problem-queue_closed = Hàng chờ này hôm nay đã ngừng nhận. Vui lòng hỏi quầy hướng dẫn.
    .title = Hàng chờ đã ngừng nhận
problem-queue_full = Hàng chờ này đã đủ số của hôm nay. Vui lòng hỏi quầy hướng dẫn.
    .title = Hàng chờ đã đủ số
problem-already_planned = Số { $label } đang ở cơ quan này, hoặc đã có cơ quan này trong các việc tiếp theo.
    .title = Đã có trong các việc tiếp theo
problem-nothing_to_answer = Quầy { $counter } không có lời gọi nào đang chờ trả lời.
    .title = Không có lời gọi
problem-not_your_number = Số { $number } không thuộc dải số mà máy này được tự cấp khi mất kết nối. Vui lòng báo kỹ thuật viên.
    .title = Số ngoài dải của máy
problem-number_taken = Số { $label } đã được cấp cho người khác trong ngày. Vui lòng hỗ trợ trực tiếp người đang giữ số này.
    .title = Số đã được cấp
problem-slot_of_another_day = Giờ hẹn phải trong ngày làm việc hôm nay ({ $day }).
    .title = Giờ hẹn của ngày khác

## The request itself.

problem-malformed_body = { $reason ->
        [not_utf8] Nội dung gửi lên không phải là chữ mã UTF-8.
        [duplicate_key] Nội dung gửi lên có một tên xuất hiện hai lần.
        [characters] Nội dung gửi lên có ký tự không dùng được trong văn bản.
        [incomplete] Nội dung gửi lên bị đứt giữa chừng.
       *[not_json] Nội dung gửi lên không phải là JSON hợp lệ.
    }
    .title = Nội dung không hợp lệ
problem-malformed_request = Máy chủ không hiểu được yêu cầu này.
    .title = Yêu cầu không hợp lệ
problem-bad_idempotency_key = Idempotency-Key phải có từ 1 đến 200 ký tự ASCII nhìn thấy được.
    .title = Khóa không hợp lệ
problem-not_signed_in = Vui lòng đăng nhập, hoặc gửi kèm mã của thiết bị.
    .title = Chưa đăng nhập
problem-session_ended = Phiên đăng nhập đã kết thúc. Vui lòng đăng nhập lại.
    .title = Phiên đăng nhập đã kết thúc
problem-unknown_centre = Máy chủ này không phục vụ trung tâm nào có mã “{ $centre }”. Vui lòng kiểm tra lại địa chỉ.
    .title = Không có trung tâm này
problem-centre_required = Máy chủ này phục vụ nhiều trung tâm. Vui lòng chọn trung tâm ở trang đầu, hoặc dùng địa chỉ có /@ và mã của trung tâm.
    .title = Chưa chọn trung tâm
problem-bad_token = Mã của thiết bị không đúng hoặc đã bị thu hồi. Vui lòng báo cán bộ kỹ thuật.
    .title = Mã thiết bị không dùng được
problem-bad_credentials = Tên đăng nhập hoặc mật khẩu không đúng.
    .title = Không đăng nhập được
problem-bad_csrf_token = Trang này đã cũ so với lần đăng nhập của bạn. Vui lòng tải lại trang rồi thử lại.
    .title = Cần tải lại trang
problem-password_change_required = Mật khẩu này do người khác cấp. Vui lòng đặt mật khẩu của riêng bạn trước khi làm việc.
    .title = Cần đổi mật khẩu
problem-wrong_password = Mật khẩu hiện tại chưa đúng. Còn { $left } lần thử trước khi tài khoản bị khóa.
    .title = Mật khẩu hiện tại chưa đúng
problem-not_found = Không có gì ở địa chỉ này.
    .title = Không tìm thấy
problem-method_not_allowed = Địa chỉ này không nhận phương thức { $method }.
    .title = Phương thức không được nhận
problem-body_too_large = Nội dung gửi lên vượt quá { $limit } byte.
    .title = Nội dung quá lớn
problem-unsupported_media_type = Hãy gửi nội dung dạng application/json, mã UTF-8.
    .title = Kiểu nội dung không được nhận
problem-invalid_field = { $reason ->
        [required] Thiếu { $field }.
        [unknown] Yêu cầu này không có mục { $field }.
        [type] { $field } không đúng kiểu.
        [length] { $field } quá ngắn hoặc quá dài.
        [range] { $field } nằm ngoài khoảng cho phép.
        [twice] { $field } xuất hiện hai lần.
       *[form] { $field } không đúng dạng.
    }
    .title = Giá trị không hợp lệ
problem-weak_password = { $reason ->
        [too_short] Mật khẩu mới phải có ít nhất { $least } ký tự.
        [login] Mật khẩu mới không được là tên đăng nhập.
        [same] Mật khẩu mới phải khác mật khẩu hiện tại.
       *[common] Mật khẩu này quá dễ đoán. Vui lòng chọn mật khẩu khác.
    }
    .title = Mật khẩu mới chưa dùng được
problem-unknown_topic = Không có kênh trực tiếp này.
    .title = Không có kênh này
problem-too_many_topics = Một kết nối chỉ theo dõi được nhiều nhất { $limit } kênh.
    .title = Quá nhiều kênh
problem-too_many_attempts = Đăng nhập sai quá nhiều lần. Vui lòng thử lại sau { $seconds } giây.
    .title = Thử lại quá nhiều lần
problem-account_locked = Tài khoản tạm khóa vì nhập sai mật khẩu nhiều lần liên tiếp. Vui lòng thử lại sau { $minutes } phút, hoặc nhờ quản trị viên mở khóa ngay.
    .title = Tài khoản tạm khóa

## The server.

problem-server_error = Máy chủ gặp lỗi. Vui lòng thử lại; nếu vẫn lỗi, xin báo mã { $instance } cho cán bộ kỹ thuật.
    .title = Máy chủ gặp lỗi
problem-not_ready = Máy chủ chưa sẵn sàng. Vui lòng thử lại sau ít giây.
    .title = Chưa sẵn sàng
problem-no_answer_in_time = Máy chủ chưa kịp trả lời. Vui lòng gửi lại với cùng Idempotency-Key để biết kết quả.
    .title = Chưa kịp trả lời
