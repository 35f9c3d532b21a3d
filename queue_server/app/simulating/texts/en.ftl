# The words of `motcua simulate`: the table, the chart and what was assumed.

simulate-record = As recorded
simulate-own-rule = The centre's own rule
simulate-everybody = Everybody
simulate-ordinary = Ordinary
simulate-other-classes = Other classes

simulate-column-class = class
simulate-column-people = tickets
simulate-column-p50 = P50
simulate-column-p90 = P90
simulate-column-mean = mean
simulate-column-longest = longest
simulate-column-over = over target
simulate-column-overtaken = overtaken
simulate-column-overtakings = overtakings
simulate-column-worst = worst
simulate-column-gone = gave up
simulate-column-left = not called

simulate-rule-rates = rates: { $rates }; { $cap }
simulate-rule-fifo = first come, first served; { $cap }
simulate-rule-strict = strict priority: { $order }; { $cap }
simulate-rule-one-in = of every { $n } calls at least one for { $preferred } while one waits; { $cap }
simulate-rate-else = the rest 1
simulate-cap = longest wait { $minutes } minutes
simulate-no-cap = no longest wait
simulate-minutes = Waits are in minutes, until the first call. Target: { $target } minutes.
simulate-desks = { $counters } counters, open { $open } hours, idle { $idle } hours ({ $share })
simulate-days = { $counters } counter days in { $days } days, open { $open } hours, idle { $idle } hours ({ $share })
simulate-changed = { $changed } of { $calls } calls differ from the record

simulate-same = Run again under its own rule, this day comes out as recorded: every call, every counter, every moment.
simulate-not-same = Run again under its own rule, this day does not come out as recorded: the first call that differs is { $call }. The comparisons below are therefore only near the truth.
simulate-paced = Every counter calls at the moments at which it really called ({ $calls } calls, { $chosen } of them chosen by an officer); the rule says whom. The time at a counter and its outcome belong to the counter, as recorded.
simulate-free = { $counters } counters call as soon as they are free; everybody brings their own recorded service time.
simulate-redescribed = The centre's description changed during the day; its own rule is followed as it was at each moment.
simulate-trace = { $tickets } tickets, { $days } days of one place each; every day is simulated on its own, counters call as soon as they are free.
simulate-service-recorded = { $tickets } tickets have a service time in the data.
simulate-service-like = { $tickets } tickets have no service time: drawn from those of the same queue (seed { $seed }).
simulate-service-pace = { $tickets } tickets have no service time: drawn from a lognormal distribution, its mean from the pace of calls of the queue, coefficient of variation 0.8 (seed { $seed }).
simulate-service-default = { $tickets } tickets have no service time and the pace of calls shows none: lognormal, mean 10 minutes (seed { $seed }).
simulate-shares = The data have no priority classes; classes were given at random by the assumed shares { $shares } (seed { $seed }).
simulate-patience = { $tickets } people give up after as long a wait as recorded; whoever was served is taken never to give up.
simulate-counters-named = Counters, the queues they serve and when they are staffed come from the data; away for more than 15 minutes counts as not staffed.
simulate-counters-told = How many counters are open for each queue comes from the data.

simulate-chart-waits = Mean wait by time of arrival (minutes)
simulate-chart-share = Share still waiting after so many minutes
simulate-chart-minutes = minutes
simulate-chart-target = target { $target } minutes
simulate-chart-nobody = Nobody waited
