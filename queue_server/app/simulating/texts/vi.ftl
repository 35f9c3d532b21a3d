# Lời của `motcua simulate`: bảng, biểu đồ và những điều được giả định.

simulate-record = Thực tế ghi lại
simulate-own-rule = Quy tắc của trung tâm
simulate-everybody = Tất cả
simulate-ordinary = Thông thường
simulate-other-classes = Các diện khác

simulate-column-class = diện
simulate-column-people = vé
simulate-column-p50 = P50
simulate-column-p90 = P90
simulate-column-mean = trung bình
simulate-column-longest = lâu nhất
simulate-column-over = quá mục tiêu
simulate-column-overtaken = bị vượt
simulate-column-overtakings = lượt vượt
simulate-column-worst = nhiều nhất
simulate-column-gone = bỏ về
simulate-column-left = chưa gọi

simulate-rule-rates = hệ số: { $rates }; { $cap }
simulate-rule-fifo = ai đến trước gọi trước; { $cap }
simulate-rule-strict = ưu tiên tuyệt đối: { $order }; { $cap }
simulate-rule-one-in = cứ { $n } lượt gọi có ít nhất một lượt cho { $preferred } khi có người chờ; { $cap }
simulate-rate-else = còn lại 1
simulate-cap = mức chờ tối đa { $minutes } phút
simulate-no-cap = không có mức chờ tối đa
simulate-minutes = Thời gian chờ tính bằng phút, đến lượt gọi đầu tiên. Mục tiêu: { $target } phút.
simulate-desks = { $counters } quầy, mở { $open } giờ, rảnh { $idle } giờ ({ $share })
simulate-days = { $counters } lượt quầy trong { $days } ngày, mở { $open } giờ, rảnh { $idle } giờ ({ $share })
simulate-changed = { $changed } trên { $calls } lượt gọi khác với thực tế ghi lại

simulate-same = Chạy lại ngày này theo đúng quy tắc của nó: trùng khớp từng lượt gọi, từng quầy, từng thời điểm.
simulate-not-same = Chạy lại ngày này theo quy tắc của nó không trùng khớp: lượt gọi đầu tiên sai khác là { $call }. Các so sánh dưới đây vì vậy chỉ là gần đúng.
simulate-paced = Mỗi quầy gọi đúng vào lúc đã gọi thật ({ $calls } lượt, trong đó { $chosen } lượt do cán bộ chọn); quy tắc quyết định gọi ai. Thời gian tại quầy và kết quả thuộc về quầy, như đã ghi lại.
simulate-free = { $counters } quầy gọi ngay khi rảnh; mỗi người mang theo thời gian phục vụ đã ghi lại của mình.
simulate-redescribed = Mô tả của trung tâm đã thay đổi trong ngày; quy tắc riêng của trung tâm được áp dụng theo từng thời điểm.
simulate-trace = { $tickets } vé, { $days } ngày làm việc của một điểm; mỗi ngày được mô phỏng riêng, quầy gọi ngay khi rảnh.
simulate-service-recorded = { $tickets } vé có thời gian phục vụ trong dữ liệu.
simulate-service-like = { $tickets } vé không có thời gian phục vụ: rút ngẫu nhiên từ các vé cùng hàng (hạt giống { $seed }).
simulate-service-pace = { $tickets } vé không có thời gian phục vụ: rút từ phân phối log chuẩn, trung bình theo nhịp gọi của hàng, hệ số biến thiên 0,8 (hạt giống { $seed }).
simulate-service-default = { $tickets } vé không có thời gian phục vụ và không suy được từ nhịp gọi: phân phối log chuẩn, trung bình 10 phút (hạt giống { $seed }).
simulate-shares = Dữ liệu không có diện ưu tiên; diện được gán ngẫu nhiên theo tỷ lệ giả định { $shares } (hạt giống { $seed }).
simulate-patience = { $tickets } người bỏ về khi chờ quá lâu như đã ghi lại; người đã được phục vụ coi như không bỏ về.
simulate-counters-named = Quầy, hàng mà quầy phục vụ và thời gian có người trực lấy từ dữ liệu; vắng quá 15 phút coi như không trực.
simulate-counters-told = Số quầy mở của mỗi hàng lấy từ dữ liệu.

simulate-chart-waits = Chờ trung bình theo giờ đến (phút)
simulate-chart-share = Tỷ lệ còn phải chờ sau số phút
simulate-chart-minutes = phút
simulate-chart-target = mục tiêu { $target } phút
simulate-chart-nobody = Không có lượt chờ nào
