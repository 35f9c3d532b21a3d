### What `motcua device` says, for technicians. One sentence for each code; .remedy is what to do.

printer-ready = The printer is ready.
printer-paper_low = The paper is nearly used up.
    .remedy = Have a new roll at hand; the printer still prints.
printer-paper_out = The paper is used up.
    .remedy = Open the cover, put in a new roll with its thermal side towards the head, close the cover.
printer-cover_open = The printer's cover is open.
    .remedy = Close it until it clicks.
printer-cutter_error = The cutter is jammed.
    .remedy = Switch the printer off, take the jammed paper out, switch it on. If the blade is still out, turn the wheel beside it as the printer's manual says.
printer-offline = The printer cannot be reached, or has stopped.
    .remedy = Look at its power, its cable and its FEED button; its self-test page tells its address.
printer-unknown = The printer does not answer when asked for its state.
    .remedy = It can print all the same. If its cable carries both ways, look at the port's speed and the cable; many cheap printers never answer.

sign-shown = The sign has confirmed it.
sign-sent = Sent; signs of this kind do not answer.
    .remedy = Look at the sign: it must show the trial number.
sign-waiting = Not sent yet.
    .remedy = Wait for some seconds, then try again.
sign-silent = The sign does not answer.
    .remedy = Look at the sign's power and its address, and whether the wires A and B are swapped.
sign-absent = The signs' line cannot be opened.
    .remedy = Look at the USB to RS-485 adapter and the port's name.

scanner-waiting = The scanner is not open yet.
    .remedy = Wait for some seconds, then try again.
scanner-ready = The scanner is ready.
scanner-babbling = The scanner sends without end; all of it is thrown away.
    .remedy = Pull its plug and put it back; if that does not help, reset it with the code in its manual.
scanner-absent = There is no scanner.
    .remedy = Look at its cable; `motcua device list` tells the port's name.

fault-address = The device's address is written wrongly.
    .remedy = Mend it after the example above.
fault-unreachable = The device cannot be reached.
    .remedy = Look at its power, its cable and its address.
fault-broken_off = The connection broke off midway: nobody knows how much came out.
    .remedy = Look at the paper; print again only when you are sure, and mark the copy.
fault-not_ready = The device says that it cannot work now.
    .remedy = See its state above.
fault-storage = The file that stands for the device cannot be written.
    .remedy = Look at the folder, at who may write there, and at the room on the disk.
fault-unprintable = This page cannot be printed on this printer.
    .remedy = Look at the paper and the dots of the head: paper=80|58, width=...
fault-missing_library = Some software of the system is missing.
    .remedy = Install the package named above with apt.
fault-no_permission = This user may not open the device.
    .remedy = Add the user to the groups dialout and lp, or install the udev rules of docs/hardware.md, then sign in again.
fault-busy = Another program is using the device.
    .remedy = Stop that program; for a USB printer, remove its CUPS queue or use cups://.
fault-not_found = The device is not there.
    .remedy = Put its cable in again; `motcua device list` tells the right name.
fault-refused = There is a computer at this address, but it takes no prints.
    .remedy = Check the port (mostly 9100) and whether another computer keeps the printer busy.
fault-no_route = There is nothing at this address.
    .remedy = Look at the network cable, and at the IP address on the printer's self-test page.

## motcua device test

test-doubt = It is not certain that the slip came out whole.
test-printed = Sent { $bytes } bytes in { $ms } ms. Look at the slip.
test-confirmed = The printer confirms that it has printed: { $bytes } bytes in { $ms } ms.
test-missing = The typeface lacks: { $letters }
test-look = Every letter must have its marks, none may be a box, and the QR code must scan.
test-slip-title = Trial slip
test-slip-printer = Printer: { $url }
test-slip-letters = The letters of Vietnamese, small, then capitals:
test-scan = Hold a code in front of the scanner within { $seconds } seconds.
test-scan-nothing = There was no code.
scan-card = A citizen's card: age band from { $low }. Nothing else is kept.
scan-ticket = The code of a ticket.
scan-dossier = The code of a dossier.
scan-unreadable = A code that is of no use here ({ $why }).
test-sign = Counter { $counter }: { $said }

## motcua device list

list-nothing = There is no device on this computer.
list-network = Network printers are found by their address only: motcua device test tcp://ADDRESS:9100
list-printer = printer
list-serial = serial port
list-scanner = scanner that poses as a keyboard

## motcua signs

signs-up = The signs follow the server.
signs-lost = The server cannot be reached ({ $detail }). It is tried again by itself.
    .remedy = Look at the server and the network cable; the signs keep their numbers for a while, then show what [shows] says.
signs-refused = The server does not admit this program: { $detail }
    .remedy = Make a token on the server with `motcua token create --role board` and put it where --token points.
signs-unknown = The centre has no counter { $counters }: their signs stay dark.
    .remedy = Mend the ids below [signs]; they are those of the site file.
signs-state = Counter { $counter }: { $said }
signs-again = Counter { $counter }: the sign works again.
