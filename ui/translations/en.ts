<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name></name>
    <message id="idle.card_only">
        <translation>Lay down your card</translation>
    </message>
    <message id="idle.detail">
        <translation>Your card and the electronic card on your phone both work</translation>
    </message>
    <message id="idle.offline">
        <translation>Not connected now; codes that need the network must wait</translation>
    </message>
    <message id="idle.offline_title">
        <translation>Lay down your card or show an offline code</translation>
    </message>
    <message id="idle.phone_only">
        <translation>Please show your electronic card</translation>
    </message>
    <message id="idle.staff_only">
        <translation>Please ask the staff</translation>
    </message>
    <message id="idle.title">
        <translation>Lay down your card or show your code</translation>
    </message>
    <message id="library.accepted.next">
        <translation>Confirmed later by itself; you may take the books</translation>
    </message>
    <message id="library.account">
        <translation>My loans</translation>
    </message>
    <message id="library.account.asked_for">
        <translation>Asked for, not back yet</translation>
    </message>
    <message id="library.account.collect">
        <translation>Waiting for you until {day}</translation>
    </message>
    <message id="library.account.detail">
        <translation>Loans and fines</translation>
    </message>
    <message id="library.account.empty">
        <translation>You have nothing on loan</translation>
    </message>
    <message id="library.account.fine">
        <translation>{days} days late: {amount} yuan</translation>
    </message>
    <message id="library.account.late">
        <translation>Was due {due}: {amount} yuan so far</translation>
    </message>
    <message id="library.account.on_loan">
        <translation>On loan</translation>
    </message>
    <message id="library.account.owes">
        <translation>To be paid</translation>
    </message>
    <message id="library.account.question">
        <translation>Your loans and fines</translation>
    </message>
    <message id="library.aside.next">
        <translation>Please give the marked book to the clerk</translation>
    </message>
    <message id="library.borrow">
        <translation>Borrow</translation>
    </message>
    <message id="library.borrow.detail">
        <translation>Scan the books to borrow</translation>
    </message>
    <message id="library.choose">
        <translation>What would you like to do?</translation>
    </message>
    <message id="library.choose_with_book">
        <translation>What would you like to do with this book?</translation>
    </message>
    <message id="library.clerk_presents">
        <translation>Pay {amount} yuan; the clerk confirms by card</translation>
    </message>
    <message id="library.done.borrow.accepted">
        <translation>{count} loans accepted</translation>
    </message>
    <message id="library.done.borrow.confirmed">
        <translation>Borrowed: {count}</translation>
    </message>
    <message id="library.done.renew.accepted">
        <translation>{count} renewals accepted</translation>
    </message>
    <message id="library.done.renew.confirmed">
        <translation>Renewed: {count}</translation>
    </message>
    <message id="library.done.return.accepted">
        <translation>{count} returns accepted</translation>
    </message>
    <message id="library.done.return.confirmed">
        <translation>Returned, thank you</translation>
    </message>
    <message id="library.due">
        <translation>Due {due}</translation>
    </message>
    <message id="library.due_guessed">
        <translation>Expected back by {due}</translation>
    </message>
    <message id="library.fine.next">
        <translation>Please pay the fine under "My loans"</translation>
    </message>
    <message id="library.limit_reached">
        <translation>You have as many books as you may borrow</translation>
    </message>
    <message id="library.line.borrow.accepted">
        <translation>Due {due}, to be confirmed</translation>
    </message>
    <message id="library.line.borrow.confirmed">
        <translation>Due {due}</translation>
    </message>
    <message id="library.line.due_guessed">
        <translation>Expected back by {due}; the library decides</translation>
    </message>
    <message id="library.line.renew.accepted">
        <translation>Due {due}, to be confirmed</translation>
    </message>
    <message id="library.line.renew.confirmed">
        <translation>Due {due}</translation>
    </message>
    <message id="library.line.returned.accepted">
        <translation>Received, to be confirmed</translation>
    </message>
    <message id="library.line.returned.aside">
        <translation>On hold: to the clerk</translation>
    </message>
    <message id="library.line.returned.aside_and_late">
        <translation>{amount} yuan; on hold</translation>
    </message>
    <message id="library.line.returned.confirmed">
        <translation>Returned</translation>
    </message>
    <message id="library.line.returned.late">
        <translation>{days} days late: {amount} yuan</translation>
    </message>
    <message id="library.line.returned.look">
        <translation>Please give it to the clerk</translation>
    </message>
    <message id="library.line.waiting">
        <translation>Registering</translation>
    </message>
    <message id="library.name">
        <translation>Library</translation>
    </message>
    <message id="library.not.borrow">
        <translation>Nothing was borrowed</translation>
    </message>
    <message id="library.not.renew">
        <translation>Nothing was renewed</translation>
    </message>
    <message id="library.not.return">
        <translation>Nothing was returned</translation>
    </message>
    <message id="library.not_paid">
        <translation>Not paid</translation>
    </message>
    <message id="library.owed">
        <translation>{amount} yuan to pay</translation>
    </message>
    <message id="library.paid">
        <translation>Your fines are paid</translation>
    </message>
    <message id="library.partly.borrow">
        <translation>{done} of {total} borrowed</translation>
    </message>
    <message id="library.partly.renew">
        <translation>{done} of {total} renewed</translation>
    </message>
    <message id="library.partly.return">
        <translation>{done} of {total} returned</translation>
    </message>
    <message id="library.pay">
        <translation>Pay the fines</translation>
    </message>
    <message id="library.paying">
        <translation>Registering the payment</translation>
    </message>
    <message id="library.present_to_account">
        <translation>Lay down your card or show your code to see your loans</translation>
    </message>
    <message id="library.present_to_borrow">
        <translation>Lay down your card or show your phone</translation>
    </message>
    <message id="library.present_to_pay">
        <translation>Lay down your card or show your code to pay</translation>
    </message>
    <message id="library.present_to_renew">
        <translation>Lay down your card or show your phone</translation>
    </message>
    <message id="library.reason">
        <translation>The library says: {words}</translation>
    </message>
    <message id="library.refused">
        <translation>You cannot borrow now</translation>
    </message>
    <message id="library.registering">
        <translation>Registering</translation>
    </message>
    <message id="library.renew">
        <translation>Renew</translation>
    </message>
    <message id="library.renew.detail">
        <translation>Keep books longer</translation>
    </message>
    <message id="library.return">
        <translation>Return</translation>
    </message>
    <message id="library.return.detail">
        <translation>No card needed</translation>
    </message>
    <message id="library.returned_count">
        <translation>{count} returned</translation>
    </message>
    <message id="library.says">
        <translation>The library says</translation>
    </message>
    <message id="library.scan_to_borrow">
        <translation>Scan each book to borrow</translation>
    </message>
    <message id="library.scan_to_renew">
        <translation>Scan each book to renew</translation>
    </message>
    <message id="library.scan_to_return">
        <translation>Scan each book to return</translation>
    </message>
    <message id="receipt.copy">
        <translation>Copy</translation>
    </message>
    <message id="receipt.copy_mark">
        <translation>COPY 副本</translation>
    </message>
    <message id="receipt.holder">
        <translation>Holder</translation>
    </message>
    <message id="receipt.more">
        <translation>{count} more</translation>
    </message>
    <message id="receipt.printed">
        <translation>Your receipt is printed.</translation>
    </message>
    <message id="receipt.reference">
        <translation>Reference</translation>
    </message>
    <message id="receipt.sent">
        <translation>Sent to the printer. Please take your receipt.</translation>
    </message>
    <message id="staff.act.account_added">
        <translation>Account added</translation>
    </message>
    <message id="staff.act.account_removed">
        <translation>Account removed</translation>
    </message>
    <message id="staff.act.camera_shown">
        <translation>Looked through the camera</translation>
    </message>
    <message id="staff.act.card_changed">
        <translation>Card changed</translation>
    </message>
    <message id="staff.act.code_asked_about">
        <translation>Asked about a code</translation>
    </message>
    <message id="staff.act.day_opened">
        <translation>Opened the last day</translation>
    </message>
    <message id="staff.act.house_opened">
        <translation>Opened the house</translation>
    </message>
    <message id="staff.act.inbox_opened">
        <translation>Opened the inbox</translation>
    </message>
    <message id="staff.act.inspection_begun">
        <translation>Began to inspect</translation>
    </message>
    <message id="staff.act.item_opened">
        <translation>Opened an item</translation>
    </message>
    <message id="staff.act.item_settled">
        <translation>Settled an item</translation>
    </message>
    <message id="staff.act.item_settling">
        <translation>Began to settle an item</translation>
    </message>
    <message id="staff.act.journal_opened">
        <translation>Opened the journal</translation>
    </message>
    <message id="staff.act.journal_verified">
        <translation>Verified the journal</translation>
    </message>
    <message id="staff.act.locked_out">
        <translation>Locked out</translation>
    </message>
    <message id="staff.act.not_let_in">
        <translation>Not let in</translation>
    </message>
    <message id="staff.act.pin_changed">
        <translation>PIN changed</translation>
    </message>
    <message id="staff.act.record_opened">
        <translation>Opened the staff record</translation>
    </message>
    <message id="staff.act.reprinted">
        <translation>Printed a copy</translation>
    </message>
    <message id="staff.act.screen_cleaned">
        <translation>Cleaned the screen</translation>
    </message>
    <message id="staff.act.serving">
        <translation>Served somebody</translation>
    </message>
    <message id="staff.act.signed_in">
        <translation>Signed in</translation>
    </message>
    <message id="staff.act.signed_out">
        <translation>Signed out</translation>
    </message>
    <message id="staff.act.staff_answered">
        <translation>Call answered</translation>
    </message>
    <message id="staff.act.staff_call_ended">
        <translation>Call ended</translation>
    </message>
    <message id="staff.act.staff_called">
        <translation>Staff called</translation>
    </message>
    <message id="staff.act.terminal_left">
        <translation>Left the terminal</translation>
    </message>
    <message id="staff.act.tests_run">
        <translation>Ran self-tests</translation>
    </message>
    <message id="staff.act.ticket_inspected">
        <translation>Inspected a ticket</translation>
    </message>
    <message id="staff.act.timed_out">
        <translation>Signed out by itself</translation>
    </message>
    <message id="staff.act.today_opened">
        <translation>Opened today</translation>
    </message>
    <message id="staff.act.unlocked">
        <translation>Unlocked</translation>
    </message>
    <message id="staff.act.voided">
        <translation>Voided</translation>
    </message>
    <message id="staff.act.voiding">
        <translation>Began to void</translation>
    </message>
    <message id="staff.age.days">
        <translation>{count} days</translation>
    </message>
    <message id="staff.age.hours">
        <translation>{count} h</translation>
    </message>
    <message id="staff.age.minutes">
        <translation>{count} min</translation>
    </message>
    <message id="staff.age.now">
        <translation>less than a minute</translation>
    </message>
    <message id="staff.back">
        <translation>Back</translation>
    </message>
    <message id="staff.business.bus.ride">
        <translation>Ride</translation>
    </message>
    <message id="staff.business.hotel.change-room">
        <translation>Room change</translation>
    </message>
    <message id="staff.business.hotel.check-in">
        <translation>Check-in</translation>
    </message>
    <message id="staff.business.hotel.check-out">
        <translation>Check-out</translation>
    </message>
    <message id="staff.business.hotel.extend">
        <translation>Longer stay</translation>
    </message>
    <message id="staff.business.library.borrow">
        <translation>Loan</translation>
    </message>
    <message id="staff.business.library.pay">
        <translation>Fine paid</translation>
    </message>
    <message id="staff.business.library.renew">
        <translation>Renewal</translation>
    </message>
    <message id="staff.business.library.return">
        <translation>Return</translation>
    </message>
    <message id="staff.camera">
        <translation>What the camera sees</translation>
    </message>
    <message id="staff.camera.hint">
        <translation>A phone's code should be sharp, bright, a third of the picture</translation>
    </message>
    <message id="staff.camera.none">
        <translation>No picture: check its cable</translation>
    </message>
    <message id="staff.camera.not_used">
        <translation>This terminal has no camera</translation>
    </message>
    <message id="staff.card_seen">
        <translation>A card is here. Sign out to serve it</translation>
    </message>
    <message id="staff.check.camera">
        <translation>Camera</translation>
    </message>
    <message id="staff.check.central">
        <translation>Centre</translation>
    </message>
    <message id="staff.check.clock">
        <translation>Clock</translation>
    </message>
    <message id="staff.check.disk">
        <translation>Disk</translation>
    </message>
    <message id="staff.check.font">
        <translation>Font</translation>
    </message>
    <message id="staff.check.hotlist">
        <translation>Hotlist</translation>
    </message>
    <message id="staff.check.identity">
        <translation>Certificate</translation>
    </message>
    <message id="staff.check.journal">
        <translation>Journal</translation>
    </message>
    <message id="staff.check.keys">
        <translation>Keys</translation>
    </message>
    <message id="staff.check.printer">
        <translation>Printer</translation>
    </message>
    <message id="staff.check.readers">
        <translation>Card readers</translation>
    </message>
    <message id="staff.check.sam">
        <translation>SAM</translation>
    </message>
    <message id="staff.check.scanner">
        <translation>Scanner</translation>
    </message>
    <message id="staff.check.settings">
        <translation>Published settings</translation>
    </message>
    <message id="staff.check.issuers">
        <translation>Issuers of codes</translation>
    </message>
    <message id="staff.check.replay">
        <translation>Used codes</translation>
    </message>
    <message id="staff.check.entitlements">
        <translation>Entitled cards</translation>
    </message>
    <message id="staff.check.calendar">
        <translation>Calendar</translation>
    </message>
    <message id="staff.check.tariff">
        <translation>Tariff</translation>
    </message>
    <message id="staff.check.versions">
        <translation>Versions</translation>
    </message>
    <message id="staff.check.voice">
        <translation>Voice</translation>
    </message>
    <message id="staff.checks">
        <translation>Self-tests</translation>
    </message>
    <message id="staff.clear">
        <translation>Clear</translation>
    </message>
    <message id="staff.close">
        <translation>Back</translation>
    </message>
    <message id="staff.code_seen">
        <translation>Sign out to serve this</translation>
    </message>
    <message id="staff.copy">
        <translation>Copy of the receipt</translation>
    </message>
    <message id="staff.copy.detail">
        <translation>The code may be photographed</translation>
    </message>
    <message id="staff.correct.detail">
        <translation>Scan it, or type it</translation>
    </message>
    <message id="staff.correct.question">
        <translation>What is the right value of: {field}?</translation>
    </message>
    <message id="staff.count">
        <translation>{shown} of {all}</translation>
    </message>
    <message id="staff.day">
        <translation>The last day</translation>
    </message>
    <message id="staff.decision.accept">
        <translation>Accept</translation>
    </message>
    <message id="staff.decision.accept.detail">
        <translation>It stays as it is</translation>
    </message>
    <message id="staff.decision.correct">
        <translation>Correct</translation>
    </message>
    <message id="staff.decision.correct.detail">
        <translation>Book it anew with the right value</translation>
    </message>
    <message id="staff.decision.retry">
        <translation>Send again</translation>
    </message>
    <message id="staff.decision.retry.detail">
        <translation>Give it to the centre once more</translation>
    </message>
    <message id="staff.decision.void">
        <translation>Void</translation>
    </message>
    <message id="staff.decision.void.detail">
        <translation>It is undone</translation>
    </message>
    <message id="staff.fact.amount">
        <translation>Amount (yuan)</translation>
    </message>
    <message id="staff.fact.business">
        <translation>Business</translation>
    </message>
    <message id="staff.fact.card">
        <translation>Card, last four</translation>
    </message>
    <message id="staff.fact.decided">
        <translation>Decided</translation>
    </message>
    <message id="staff.fact.decided_as">
        <translation>{decision} ({by})</translation>
    </message>
    <message id="staff.fact.e_card">
        <translation>Electronic card</translation>
    </message>
    <message id="staff.fact.reference">
        <translation>Receipt number</translation>
    </message>
    <message id="staff.fact.standing">
        <translation>Standing</translation>
    </message>
    <message id="staff.fact.when">
        <translation>When</translation>
    </message>
    <message id="staff.field.barcode">
        <translation>Barcode</translation>
    </message>
    <message id="staff.field.due_date">
        <translation>Due date</translation>
    </message>
    <message id="staff.field.room">
        <translation>Room</translation>
    </message>
    <message id="staff.field.title">
        <translation>Title</translation>
    </message>
    <message id="staff.figure.contact">
        <translation>Last contact</translation>
    </message>
    <message id="staff.figure.delivered">
        <translation>Delivered</translation>
    </message>
    <message id="staff.figure.inbox">
        <translation>To settle</translation>
    </message>
    <message id="staff.figure.oldest">
        <translation>Oldest</translation>
    </message>
    <message id="staff.figure.pending">
        <translation>Pending</translation>
    </message>
    <message id="staff.figure.tested">
        <translation>Tested</translation>
    </message>
    <message id="staff.figure.wrong">
        <translation>Wrong</translation>
    </message>
    <message id="staff.inbox">
        <translation>Inbox</translation>
    </message>
    <message id="staff.inbox.empty">
        <translation>Nothing waits for you</translation>
    </message>
    <message id="staff.journal">
        <translation>Journal</translation>
    </message>
    <message id="staff.journal.broken">
        <translation>NOT WHOLE</translation>
    </message>
    <message id="staff.journal.checked">
        <translation>Records checked</translation>
    </message>
    <message id="staff.journal.empty">
        <translation>The journal is empty</translation>
    </message>
    <message id="staff.journal.head">
        <translation>Newest hash</translation>
    </message>
    <message id="staff.journal.verified">
        <translation>Verified</translation>
    </message>
    <message id="staff.journal.verify">
        <translation>Verify</translation>
    </message>
    <message id="staff.journal.whole">
        <translation>Whole</translation>
    </message>
    <message id="staff.journal.wrong.answer">
        <translation>The answer to record {number} is not what was written</translation>
    </message>
    <message id="staff.journal.wrong.checkpoint">
        <translation>The records up to {number} were removed</translation>
    </message>
    <message id="staff.journal.wrong.database">
        <translation>The database file is damaged</translation>
    </message>
    <message id="staff.journal.wrong.decision">
        <translation>The decision about record {number} was edited or removed</translation>
    </message>
    <message id="staff.journal.wrong.edited">
        <translation>The standing of record {number} was edited</translation>
    </message>
    <message id="staff.journal.wrong.head">
        <translation>Records at the end of the journal were removed or replaced</translation>
    </message>
    <message id="staff.journal.wrong.missing">
        <translation>Records {number} to {last} are missing</translation>
    </message>
    <message id="staff.journal.wrong.no_standing">
        <translation>{number} records have no standing</translation>
    </message>
    <message id="staff.journal.wrong.record">
        <translation>Record {number} is not what was written</translation>
    </message>
    <message id="staff.journal.wrong.standing">
        <translation>The standing of record {number} is not known</translation>
    </message>
    <message id="staff.keys.change">
        <translation>Pinyin or letters</translation>
    </message>
    <message id="staff.keys.latin">
        <translation>Letters</translation>
    </message>
    <message id="staff.keys.pinyin">
        <translation>Pinyin</translation>
    </message>
    <message id="staff.leaving">
        <translation>Signed out in {seconds} s</translation>
    </message>
    <message id="staff.never">
        <translation>never yet</translation>
    </message>
    <message id="staff.next_step">
        <translation>Next step</translation>
    </message>
    <message id="staff.none">
        <translation>none</translation>
    </message>
    <message id="staff.on_record">
        <translation>On record: receipt number {reference}</translation>
    </message>
    <message id="staff.plot.ms">
        <translation>{ms} ms</translation>
    </message>
    <message id="staff.plot.offline">
        <translation>Minutes offline</translation>
    </message>
    <message id="staff.plot.offline.most">
        <translation>60 min</translation>
    </message>
    <message id="staff.plot.offline.said">
        <translation>{minutes} minutes offline in the last day</translation>
    </message>
    <message id="staff.plot.offline.total">
        <translation>{minutes} in all</translation>
    </message>
    <message id="staff.plot.visits">
        <translation>Visits an hour</translation>
    </message>
    <message id="staff.plot.visits.said">
        <translation>{count} visits; busiest at {hour} with {most}</translation>
    </message>
    <message id="staff.plot.visits.total">
        <translation>{count} in all</translation>
    </message>
    <message id="staff.plot.waits">
        <translation>Waiting time</translation>
    </message>
    <message id="staff.plot.waits.legend">
        <translation>Bar: half waited no longer. Line: 95 of 100 waited no longer</translation>
    </message>
    <message id="staff.plot.waits.said">
        <translation>Waits: {usual}, slowest {slowest} ms</translation>
    </message>
    <message id="staff.plot.waits.total">
        <translation>usually {ms} ms</translation>
    </message>
    <message id="staff.reason.accept.1">
        <translation>The thing is back in its place</translation>
    </message>
    <message id="staff.reason.accept.2">
        <translation>The person was told</translation>
    </message>
    <message id="staff.reason.accept.3">
        <translation>Settled at the centre</translation>
    </message>
    <message id="staff.reason.correct.1">
        <translation>The wrong barcode was scanned</translation>
    </message>
    <message id="staff.reason.correct.2">
        <translation>It was typed wrongly</translation>
    </message>
    <message id="staff.reason.other">
        <translation>Another reason</translation>
    </message>
    <message id="staff.reason.question">
        <translation>What is the reason?</translation>
    </message>
    <message id="staff.reason.retry.1">
        <translation>The centre was mended</translation>
    </message>
    <message id="staff.reason.retry.2">
        <translation>The operator asked for it</translation>
    </message>
    <message id="staff.reason.void.1">
        <translation>The person changed their mind</translation>
    </message>
    <message id="staff.reason.void.2">
        <translation>Done twice by mistake</translation>
    </message>
    <message id="staff.reason.void.3">
        <translation>A mistake at the counter</translation>
    </message>
    <message id="staff.receipt.amount">
        <translation>{amount} yuan</translation>
    </message>
    <message id="staff.record">
        <translation>Staff record</translation>
    </message>
    <message id="staff.record.broken">
        <translation>changed at {count}</translation>
    </message>
    <message id="staff.record.changed">
        <translation>This line is not what was written</translation>
    </message>
    <message id="staff.record.detail">
        <translation>Who did what at this terminal</translation>
    </message>
    <message id="staff.record.is">
        <translation>The record</translation>
    </message>
    <message id="staff.record.search">
        <translation>Search: name, number, deed, day</translation>
    </message>
    <message id="staff.record.whole">
        <translation>whole</translation>
    </message>
    <message id="staff.reprint">
        <translation>Print a copy</translation>
    </message>
    <message id="staff.reprint.detail">
        <translation>It is marked as a copy</translation>
    </message>
    <message id="staff.search">
        <translation>Search: receipt, barcode, last four of a card</translation>
    </message>
    <message id="staff.sign_in">
        <translation>Staff</translation>
    </message>
    <message id="staff.sign_in.card">
        <translation>Or lay your staff card on the reader</translation>
    </message>
    <message id="staff.sign_in.checking">
        <translation>Checking …</translation>
    </message>
    <message id="staff.sign_in.locked">
        <translation>Try again in {seconds} s</translation>
    </message>
    <message id="staff.sign_in.number">
        <translation>Your number</translation>
    </message>
    <message id="staff.sign_in.pin">
        <translation>Your PIN</translation>
    </message>
    <message id="staff.sign_out">
        <translation>Sign out</translation>
    </message>
    <message id="staff.standing.booked_anyway">
        <translation>Booked anyway</translation>
    </message>
    <message id="staff.standing.confirmed">
        <translation>Confirmed</translation>
    </message>
    <message id="staff.standing.conflict">
        <translation>Content differs</translation>
    </message>
    <message id="staff.standing.held_promised">
        <translation>Held: centre cannot take it</translation>
    </message>
    <message id="staff.standing.held_withdrawn">
        <translation>Held: cannot be taken back</translation>
    </message>
    <message id="staff.standing.not_booked">
        <translation>Taken back, not booked</translation>
    </message>
    <message id="staff.standing.open">
        <translation>Under way</translation>
    </message>
    <message id="staff.standing.promised">
        <translation>Accepted, to be confirmed</translation>
    </message>
    <message id="staff.standing.refused">
        <translation>Refused</translation>
    </message>
    <message id="staff.standing.refused_later">
        <translation>Refused later</translation>
    </message>
    <message id="staff.standing.settled">
        <translation>Settled</translation>
    </message>
    <message id="staff.standing.withdrawn">
        <translation>Being taken back</translation>
    </message>
    <message id="staff.tab.camera">
        <translation>Camera</translation>
    </message>
    <message id="staff.tab.checks">
        <translation>Machine</translation>
    </message>
    <message id="staff.tab.day">
        <translation>Last day</translation>
    </message>
    <message id="staff.tab.inbox">
        <translation>Inbox</translation>
    </message>
    <message id="staff.tab.journal">
        <translation>Journal</translation>
    </message>
    <message id="staff.tab.today">
        <translation>Today</translation>
    </message>
    <message id="staff.test.all">
        <translation>Test all</translation>
    </message>
    <message id="staff.test.not_yet">
        <translation>Not tested yet</translation>
    </message>
    <message id="staff.test.under_way">
        <translation>Being tested …</translation>
    </message>
    <message id="staff.test.well">
        <translation>Well</translation>
    </message>
    <message id="staff.test.wrong">
        <translation>Wrong</translation>
    </message>
    <message id="staff.today">
        <translation>Today</translation>
    </message>
    <message id="staff.today.empty">
        <translation>Nothing yet today</translation>
    </message>
    <message id="staff.type_reason">
        <translation>Type the reason</translation>
    </message>
    <message id="staff.why">
        <translation>Why</translation>
    </message>
    <message id="tray.books">
        <translation>Books</translation>
    </message>
    <message id="tray.cards">
        <translation>Cards</translation>
    </message>
    <message id="tray.member">
        <translation>Number {number} · PIN {pin} · {name}</translation>
    </message>
    <message id="tray.phones">
        <translation>Phones</translation>
    </message>
    <message id="tray.scans_screen">
        <translation>Scan</translation>
    </message>
    <message id="tray.blanks">
        <translation>Blank cards</translation>
    </message>
    <message id="tray.blank">
        <translation>Blank card</translation>
    </message>
    <message id="tray.new_card">
        <translation>The card just written</translation>
    </message>
    <message id="tray.papers">
        <translation>papers</translation>
    </message>
    <message id="tray.paper.register">
        <translation>Household register</translation>
    </message>
    <message id="tray.paper.permit">
        <translation>Residence permit</translation>
    </message>
    <message id="tray.shows_online">
        <translation>Online</translation>
    </message>
    <message id="tray.shows_ride">
        <translation>Ride</translation>
    </message>
    <message id="tray.shows_signed">
        <translation>Signed</translation>
    </message>
    <message id="tray.staff">
        <translation>Staff pages: hold the time, top right</translation>
    </message>
    <message id="tray.take_away">
        <translation>Take away</translation>
    </message>
    <message id="tray.title">
        <translation>Demonstration tray</translation>
    </message>
    <message id="trust.holder">
        <translation>holder confirmed</translation>
    </message>
    <message id="trust.not_proved">
        <translation>not proved genuine</translation>
    </message>
    <message id="trust.read">
        <translation>read only</translation>
    </message>
    <message id="trust.verified">
        <translation>genuine</translation>
    </message>
    <message id="ui.accepted">
        <translation>Accepted</translation>
    </message>
    <message id="ui.call_staff">
        <translation>Call staff</translation>
    </message>
    <message id="ui.card_here">
        <translation>Card here</translation>
    </message>
    <message id="ui.code">
        <translation>Code</translation>
    </message>
    <message id="ui.confirmed">
        <translation>Confirmed</translation>
    </message>
    <message id="ui.demonstration">
        <translation>Demonstration: devices and people are virtual</translation>
    </message>
    <message id="ui.easy_mode">
        <translation>Easy mode</translation>
    </message>
    <message id="ui.easy_mode_off">
        <translation>Standard mode</translation>
    </message>
    <message id="ui.finish">
        <translation>Finish</translation>
    </message>
    <message id="ui.home">
        <translation>Home</translation>
    </message>
    <message id="ui.louder">
        <translation>Louder</translation>
    </message>
    <message id="ui.more_time">
        <translation>More time</translation>
    </message>
    <message id="ui.no_voice">
        <translation>No voice</translation>
    </message>
    <message id="ui.nothing_yet">
        <translation>No book scanned yet</translation>
    </message>
    <message id="ui.offline">
        <translation>Offline</translation>
    </message>
    <message id="ui.online">
        <translation>Online</translation>
    </message>
    <message id="ui.other_language">
        <translation>中文</translation>
    </message>
    <message id="ui.phone_here">
        <translation>Phone to the window</translation>
    </message>
    <message id="ui.print_copy">
        <translation>Print a copy</translation>
    </message>
    <message id="ui.print_receipt">
        <translation>Print receipt</translation>
    </message>
    <message id="ui.printing">
        <translation>Printing…</translation>
    </message>
    <message id="ui.receipt">
        <translation>Scan to keep the receipt</translation>
    </message>
    <message id="ui.refused">
        <translation>Not done</translation>
    </message>
    <message id="ui.say_again">
        <translation>Say it again</translation>
    </message>
    <message id="ui.scan_here">
        <translation>Barcode to the window</translation>
    </message>
    <message id="ui.softer">
        <translation>Softer</translation>
    </message>
    <message id="ui.staff_calling">
        <translation>Calling staff</translation>
    </message>
    <message id="ui.staff_coming">
        <translation>{name} is coming</translation>
    </message>
    <message id="ui.staff_next_way">
        <translation>No answer yet: please go to the desk</translation>
    </message>
    <message id="ui.start_over">
        <translation>Start over</translation>
    </message>
    <message id="ui.terminal">
        <translation>Terminal</translation>
    </message>
    <message id="visit.choose_service">
        <translation>What would you like to do?</translation>
    </message>
    <message id="visit.identifying">
        <translation>Checking</translation>
    </message>
    <message id="visit.identifying.detail">
        <translation>One moment</translation>
    </message>
    <message id="visit.identifying.slow">
        <translation>Waiting for the centre to answer</translation>
    </message>
    <message id="visit.more_time_question">
        <translation>Are you still there?</translation>
    </message>
    <message id="visit.reading">
        <translation>Reading your card</translation>
    </message>
    <message id="visit.reading.detail">
        <translation>Please leave the card where it is</translation>
    </message>
    <message id="visit.reading.slow">
        <translation>This card is slow, please wait a moment</translation>
    </message>
    <message id="visit.remaining">
        <translation>{count} more may be borrowed</translation>
    </message>
    <message id="visit.submitting.detail">
        <translation>One moment</translation>
    </message>
    <message id="visit.submitting.slow">
        <translation>Waiting for the centre to answer</translation>
    </message>
    <message id="visit.more_choices">
        <translation>More</translation>
    </message>
    <message id="visit.back">
        <translation>Back</translation>
    </message>
    <message id="visit.looking">
        <translation>Looking it up</translation>
    </message>
    <message id="visit.looking.detail">
        <translation>One moment, please</translation>
    </message>
    <message id="visit.pin_wrong">
        <translation>Wrong PIN, {left} tries left</translation>
    </message>
    <message id="visit.pin_checking">
        <translation>The card is checking the PIN</translation>
    </message>
    <message id="ui.date_format">
        <translation>d MMM yyyy</translation>
    </message>
    <message id="ui.list">
        <translation>List</translation>
    </message>
    <message id="ui.space">
        <translation>Space</translation>
    </message>
    <message id="ui.digits_typed">
        <translation>{typed} of {length} digits typed</translation>
    </message>
    <message id="ui.keys.characters">
        <translation>汉字</translation>
    </message>
    <message id="ui.keys.letters">
        <translation>ABC</translation>
    </message>
    <message id="ui.keys.surnames">
        <translation>Surnames</translation>
    </message>
    <message id="ui.keys.frequent">
        <translation>Frequent</translation>
    </message>
    <message id="ui.keys.parts">
        <translation>By part</translation>
    </message>
    <message id="ui.keys.more">
        <translation>More</translation>
    </message>
    <message id="ui.keys.digits">
        <translation>123</translation>
    </message>
    <message id="ui.keys.dot">
        <translation>Middle dot</translation>
    </message>
    <message id="ui.accept">
        <translation>OK</translation>
    </message>
    <message id="ui.erase">
        <translation>Delete</translation>
    </message>
    <message id="activation.agree">
        <translation>I agree</translation>
    </message>
    <message id="activation.decline">
        <translation>I do not agree</translation>
    </message>
    <message id="activation.at_work">
        <translation>The bank is activating it</translation>
    </message>
    <message id="activation.card_pin">
        <translation>Please enter your card's PIN</translation>
    </message>
    <message id="activation.done">
        <translation>The account is active</translation>
    </message>
    <message id="activation.new_pin">
        <translation>Choose a PIN of six digits</translation>
    </message>
    <message id="activation.next">
        <translation>You can pay in, draw out and pay now</translation>
    </message>
    <message id="activation.question">
        <translation>Activate the account on this card?</translation>
    </message>
    <message id="activation.rule.1">
        <translation>Only you and the bank know the PIN</translation>
    </message>
    <message id="activation.rule.2">
        <translation>Subsidies and pensions can come here</translation>
    </message>
    <message id="activation.rule.3">
        <translation>Report the card at once when it is lost</translation>
    </message>
    <message id="admission.left">
        <translation>{left} left</translation>
    </message>
    <message id="admission.opening">
        <translation>Checking the ticket</translation>
    </message>
    <message id="admission.when">
        <translation>When would you like to come?</translation>
    </message>
    <message id="admission.done.enter">
        <translation>Welcome in</translation>
    </message>
    <message id="admission.done.leave">
        <translation>Goodbye</translation>
    </message>
    <message id="admission.done.book">
        <translation>Booked</translation>
    </message>
    <message id="application.answer_by">
        <translation>You get an answer by {day}</translation>
    </message>
    <message id="application.fee">
        <translation>Fee {amount} yuan</translation>
    </message>
    <message id="application.hand_in">
        <translation>Hand it in</translation>
    </message>
    <message id="application.look_over">
        <translation>Please look it over and hand it in</translation>
    </message>
    <message id="application.number">
        <translation>No. {number}</translation>
    </message>
    <message id="application.sending">
        <translation>Sending the pictures of your papers</translation>
    </message>
    <message id="application.photographed">
        <translation>Photographed</translation>
    </message>
    <message id="application.left_out">
        <translation>Left out</translation>
    </message>
    <message id="photograph.lay">
        <translation>Lay it flat before the camera, all of it in the picture</translation>
    </message>
    <message id="photograph.readable">
        <translation>Can every word be read?</translation>
    </message>
    <message id="photograph.picture.take">
        <translation>Take the picture</translation>
    </message>
    <message id="photograph.picture.keep">
        <translation>It is clear, keep it</translation>
    </message>
    <message id="photograph.picture.again">
        <translation>Take it again</translation>
    </message>
    <message id="photograph.picture.without">
        <translation>Go on without it</translation>
    </message>
    <message id="ui.no_picture">
        <translation>The camera shows nothing. Please call the staff</translation>
    </message>
    <message id="application.no_camera">
        <translation>At a clerk's window: no camera here</translation>
    </message>
    <message id="application.hand_in_there">
        <translation>Hand in the papers there</translation>
    </message>
    <message id="application.bring">
        <translation>Please bring this</translation>
    </message>
    <message id="application.done.confirmed">
        <translation>Your application is in</translation>
    </message>
    <message id="application.done.accepted">
        <translation>Taken down, confirmed later</translation>
    </message>
    <message id="attendance.at">
        <translation>{at}</translation>
    </message>
    <message id="attendance.late">
        <translation>{minutes} minutes late</translation>
    </message>
    <message id="attendance.question">
        <translation>Signing in or out?</translation>
    </message>
    <message id="attendance.sign-in">
        <translation>Sign in</translation>
    </message>
    <message id="attendance.sign-out">
        <translation>Sign out</translation>
    </message>
    <message id="attendance.done.sign-in">
        <translation>Signed in</translation>
    </message>
    <message id="attendance.done.sign-out">
        <translation>Signed out</translation>
    </message>
    <message id="catalogue.accepted.next">
        <translation>Taken down; it is confirmed by itself later</translation>
    </message>
    <message id="catalogue.amount">
        <translation>{amount} yuan{period}</translation>
    </message>
    <message id="catalogue.booking">
        <translation>One moment, please</translation>
    </message>
    <message id="catalogue.present">
        <translation>Lay down your card or show your code</translation>
    </message>
    <message id="catalogue.until">
        <translation>Until {day}</translation>
    </message>
    <message id="catalogue.neutral">
        <translation>Nothing was changed</translation>
    </message>
    <message id="catalogue.refused">
        <translation>This was not done</translation>
    </message>
    <message id="catalogue.done.confirmed">
        <translation>Done</translation>
    </message>
    <message id="catalogue.done.accepted">
        <translation>Accepted, to be confirmed</translation>
    </message>
    <message id="catalogue.step.done">
        <translation>Done</translation>
    </message>
    <message id="catalogue.step.failed">
        <translation>Refused</translation>
    </message>
    <message id="catalogue.step.undone">
        <translation>Undone</translation>
    </message>
    <message id="catalogue.step.stands">
        <translation>Could not be undone; ask the staff</translation>
    </message>
    <message id="catalogue.step.not_tried">
        <translation>Not tried</translation>
    </message>
    <message id="certification.done.confirmed">
        <translation>Certified</translation>
    </message>
    <message id="certification.done.accepted">
        <translation>Certified, to be confirmed</translation>
    </message>
    <message id="form.mistake.date">
        <translation>A date, such as 1960-05-01</translation>
    </message>
    <message id="form.mistake.digits">
        <translation>Digits only</translation>
    </message>
    <message id="form.mistake.identity">
        <translation>That is not an identity number</translation>
    </message>
    <message id="form.mistake.long">
        <translation>That is too long</translation>
    </message>
    <message id="form.mistake.money">
        <translation>An amount, such as 100.50</translation>
    </message>
    <message id="form.mistake.phone">
        <translation>A mobile number of 11 digits</translation>
    </message>
    <message id="medical.number">
        <translation>No. {number}</translation>
    </message>
    <message id="medical.wait">
        <translation>Please wait until your number is called</translation>
    </message>
    <message id="medical.which_clinic">
        <translation>Which clinic?</translation>
    </message>
    <message id="medical.agree.settle">
        <translation>Pay</translation>
    </message>
    <message id="medical.agree.refund">
        <translation>Refund</translation>
    </message>
    <message id="medical.done.settle">
        <translation>Settled; you paid</translation>
    </message>
    <message id="medical.done.refund">
        <translation>Refunded to your account</translation>
    </message>
    <message id="medical.part.total">
        <translation>Total</translation>
    </message>
    <message id="medical.part.insured">
        <translation>Paid by insurance</translation>
    </message>
    <message id="medical.part.own">
        <translation>You pay</translation>
    </message>
    <message id="medical.question.settle">
        <translation>Please check your bill</translation>
    </message>
    <message id="medical.question.refund">
        <translation>Give this bill back?</translation>
    </message>
    <message id="money">
        <translation>{amount} yuan</translation>
    </message>
    <message id="payment.another">
        <translation>Another bill</translation>
    </message>
    <message id="payment.done">
        <translation>Paid</translation>
    </message>
    <message id="payment.fee">
        <translation>Fee</translation>
    </message>
    <message id="payment.number">
        <translation>Number of the bill</translation>
    </message>
    <message id="payment.pay">
        <translation>Pay</translation>
    </message>
    <message id="payment.pin">
        <translation>Please enter your card's PIN</translation>
    </message>
    <message id="payment.question">
        <translation>Pay this bill?</translation>
    </message>
    <message id="payment.which">
        <translation>Which bill?</translation>
    </message>
    <message id="payout.account">
        <translation>ending {ending}</translation>
    </message>
    <message id="payout.amount">
        <translation>How much? At most {most} yuan</translation>
    </message>
    <message id="payout.amount_mistake">
        <translation>An amount up to {most} yuan</translation>
    </message>
    <message id="payout.paying">
        <translation>Paying</translation>
    </message>
    <message id="payout.pin">
        <translation>Please enter your PIN</translation>
    </message>
    <message id="payout.second_person">
        <translation>A second clerk presents a card</translation>
    </message>
    <message id="payout.collect.cash">
        <translation>Collect in cash</translation>
    </message>
    <message id="payout.collect.card">
        <translation>Pay onto the card</translation>
    </message>
    <message id="payout.done.cash">
        <translation>Paid in cash</translation>
    </message>
    <message id="payout.done.card">
        <translation>Paid into your account</translation>
    </message>
    <message id="payout.question.cash">
        <translation>You can collect this</translation>
    </message>
    <message id="payout.question.card">
        <translation>Pay this onto your card?</translation>
    </message>
    <message id="query.nothing">
        <translation>Nothing found</translation>
    </message>
    <message id="visit.pin_again">
        <translation>Please enter it again</translation>
    </message>
    <message id="visit.pin_differed">
        <translation>They differ; please start over</translation>
    </message>
    <message id="card-management.question.report-lost">
        <translation>Report this card lost?</translation>
    </message>
    <message id="card-management.yes.report-lost">
        <translation>Report it lost</translation>
    </message>
    <message id="card-management.done.report-lost">
        <translation>Reported lost</translation>
    </message>
    <message id="card-management.next.report-lost">
        <translation>Please have it replaced soon</translation>
    </message>
    <message id="card-management.question.report-lost-for">
        <translation>What is reported lost?</translation>
    </message>
    <message id="card-management.lost.number">
        <translation>Identity number of the person who lost it</translation>
    </message>
    <message id="card-management.lost.name">
        <translation>Name of the person who lost it</translation>
    </message>
    <message id="card-management.lost.card">
        <translation>The card only</translation>
    </message>
    <message id="card-management.lost.card_and_phone">
        <translation>The card, and the one on the phone</translation>
    </message>
    <message id="card-management.lost.pin">
        <translation>The clerk enters the PIN of the own card</translation>
    </message>
    <message id="card-management.lost.ending">
        <translation>Locked: card ending {ending}</translation>
    </message>
    <message id="card-management.done.report-lost-for">
        <translation>Reported lost</translation>
    </message>
    <message id="card-management.next.report-lost-for">
        <translation>Please have the card replaced</translation>
    </message>
    <message id="binding.question">
        <translation>Put the electronic card on your phone?</translation>
    </message>
    <message id="binding.question.move">
        <translation>Move the electronic card to another phone?</translation>
    </message>
    <message id="binding.begin">
        <translation>Put it on this phone</translation>
    </message>
    <message id="binding.move">
        <translation>Move it to this phone</translation>
    </message>
    <message id="binding.one_phone">
        <translation>The card on the old phone stops at once</translation>
    </message>
    <message id="binding.pin">
        <translation>Please enter your card's PIN</translation>
    </message>
    <message id="binding.scan">
        <translation>Scan this code with your phone</translation>
    </message>
    <message id="binding.scan.detail">
        <translation>Use its camera, then look at the phone</translation>
    </message>
    <message id="binding.compare">
        <translation>Does your phone show these four digits?</translation>
    </message>
    <message id="binding.same">
        <translation>The same: it is my phone</translation>
    </message>
    <message id="binding.other">
        <translation>Different, or none</translation>
    </message>
    <message id="binding.done">
        <translation>On your phone now</translation>
    </message>
    <message id="binding.card">
        <translation>Electronic card</translation>
    </message>
    <message id="binding.done.next">
        <translation>Your phone can show it now: try it</translation>
    </message>
    <message id="binding.stopped">
        <translation>No phone was bound.</translation>
    </message>
    <message id="binding.stopped.next">
        <translation>Come again whenever you like.</translation>
    </message>
    <message id="card-management.question.replace-for">
        <translation>Block the old card and make a new one?</translation>
    </message>
    <message id="card-management.yes.replace-for">
        <translation>Block and replace</translation>
    </message>
    <message id="replace.lay">
        <translation>The old card is locked: lay a blank card down</translation>
    </message>
    <message id="replace.laid">
        <translation>The blank card lies there</translation>
    </message>
    <message id="replace.stop">
        <translation>Stop here</translation>
    </message>
    <message id="replace.writing">
        <translation>Writing the card, leave it there…</translation>
    </message>
    <message id="replace.new_card">
        <translation>New card ending {ending}</translation>
    </message>
    <message id="replace.stopped">
        <translation>No new card was written; the old one is locked.</translation>
    </message>
    <message id="replace.stopped.next">
        <translation>Please come again with the card on your phone.</translation>
    </message>
    <message id="card-management.which.report-lost">
        <translation>Which card is lost?</translation>
    </message>
    <message id="card-management.question.unlock">
        <translation>Unlock this card?</translation>
    </message>
    <message id="card-management.yes.unlock">
        <translation>Unlock it</translation>
    </message>
    <message id="card-management.done.unlock">
        <translation>Unlocked</translation>
    </message>
    <message id="card-management.next.unlock">
        <translation>The card can be used again</translation>
    </message>
    <message id="card-management.which.unlock">
        <translation>Which card was found?</translation>
    </message>
    <message id="card-management.question.replace">
        <translation>Replace your card?</translation>
    </message>
    <message id="card-management.yes.replace">
        <translation>Replace it</translation>
    </message>
    <message id="card-management.done.replace">
        <translation>Replaced</translation>
    </message>
    <message id="card-management.next.replace">
        <translation>The old card no longer works</translation>
    </message>
    <message id="hotel.name">
        <translation>Hotel registration</translation>
    </message>
    <message id="hotel.present">
        <translation>Lay down your card or show your code</translation>
    </message>
    <message id="hotel.registering">
        <translation>Registering</translation>
    </message>
    <message id="hotel.question">
        <translation>Welcome! What can we do?</translation>
    </message>
    <message id="hotel.check_out">
        <translation>Check out</translation>
    </message>
    <message id="hotel.leave_alone">
        <translation>Only I leave</translation>
    </message>
    <message id="hotel.extend">
        <translation>Stay longer</translation>
    </message>
    <message id="hotel.change_room">
        <translation>Change room</translation>
    </message>
    <message id="hotel.reserved">
        <translation>Check in to room {room}</translation>
    </message>
    <message id="hotel.walk_in">
        <translation>Check in without reservation</translation>
    </message>
    <message id="hotel.by_number">
        <translation>By reservation number</translation>
    </message>
    <message id="hotel.today">
        <translation>Today</translation>
    </message>
    <message id="hotel.which_reservation">
        <translation>Reservation number</translation>
    </message>
    <message id="hotel.which_room">
        <translation>Which room?</translation>
    </message>
    <message id="hotel.how_many_nights">
        <translation>How many nights?</translation>
    </message>
    <message id="hotel.nights_mistake">
        <translation>From 1 to {most}</translation>
    </message>
    <message id="hotel.confirm">
        <translation>Check in</translation>
    </message>
    <message id="hotel.look_over">
        <translation>Please look it over</translation>
    </message>
    <message id="hotel.stay">
        <translation>Room {room}, {nights} nights</translation>
    </message>
    <message id="hotel.nobody_else">
        <translation>Nobody else</translation>
    </message>
    <message id="hotel.no_card">
        <translation>A guest without a card</translation>
    </message>
    <message id="hotel.complete">
        <translation>Is everybody here?</translation>
    </message>
    <message id="hotel.next_guest">
        <translation>The next guest, please</translation>
    </message>
    <message id="hotel.guest_name">
        <translation>Name of the guest</translation>
    </message>
    <message id="hotel.guest_number">
        <translation>Identity number of the guest</translation>
    </message>
    <message id="hotel.guest">
        <translation>Guest</translation>
    </message>
    <message id="hotel.guest.typed">
        <translation>Typed, not verified</translation>
    </message>
    <message id="hotel.guest.read">
        <translation>Card read</translation>
    </message>
    <message id="hotel.guest.verified">
        <translation>Verified</translation>
    </message>
    <message id="hotel.guest.holder">
        <translation>Verified</translation>
    </message>
    <message id="hotel.guest.none">
        <translation>Not verified</translation>
    </message>
    <message id="hotel.partly">
        <translation>Not everybody is registered</translation>
    </message>
    <message id="hotel.refused">
        <translation>Not registered</translation>
    </message>
    <message id="hotel.done.check-in">
        <translation>Registered</translation>
    </message>
    <message id="hotel.done.check-out">
        <translation>Checked out. Come again!</translation>
    </message>
    <message id="hotel.done.extend">
        <translation>Stay extended</translation>
    </message>
    <message id="hotel.done.change-room">
        <translation>Room changed</translation>
    </message>
    <message id="hotel.room">
        <translation>Room {room}</translation>
    </message>
    <message id="hotel.until">
        <translation>Until {day}</translation>
    </message>
    <message id="hotel.wifi">
        <translation>Wi-Fi</translation>
    </message>
    <message id="hotel.passport">
        <translation>A guest with a passport</translation>
    </message>
    <message id="hotel.passport_name">
        <translation>Name in the passport</translation>
    </message>
    <message id="hotel.passport_number">
        <translation>Passport number</translation>
    </message>
    <message id="hotel.passport_mistake">
        <translation>A passport number has 5 to 17 letters and digits</translation>
    </message>
    <message id="hotel.passport_born">
        <translation>Date of birth, e.g. 1990-05-14</translation>
    </message>
    <message id="hotel.desk">
        <translation>Front desk</translation>
    </message>
    <message id="hotel.desk.present">
        <translation>The staff card, please</translation>
    </message>
    <message id="hotel.desk.question">
        <translation>What is to be done?</translation>
    </message>
    <message id="hotel.desk.guests">
        <translation>Guests in the house</translation>
    </message>
    <message id="hotel.desk.arrive">
        <translation>Check in without a card</translation>
    </message>
    <message id="hotel.desk.which_room">
        <translation>Which room?</translation>
    </message>
    <message id="hotel.desk.whom">
        <translation>For which guest?</translation>
    </message>
    <message id="hotel.desk.everybody">
        <translation>Everybody in the room</translation>
    </message>
    <message id="hotel.desk.what">
        <translation>What is to be done?</translation>
    </message>
    <message id="hotel.permit">
        <translation>Permit or residence card</translation>
    </message>
    <message id="hotel.permit.question">
        <translation>Which document?</translation>
    </message>
    <message id="hotel.permit.hong_kong_macau_permit">
        <translation>Travel permit, Hong Kong and Macao</translation>
    </message>
    <message id="hotel.permit.taiwan_permit">
        <translation>Travel permit, Taiwan</translation>
    </message>
    <message id="hotel.permit.hmt_residence_permit">
        <translation>Residence permit, Hong Kong, Macao, Taiwan</translation>
    </message>
    <message id="hotel.permit.permanent_residence">
        <translation>Permanent residence card</translation>
    </message>
    <message id="hotel.permit.number">
        <translation>Number of the document</translation>
    </message>
    <message id="hotel.permit.mistake">
        <translation>This number is wrong; compare the document</translation>
    </message>
    <message id="hotel.zone.question">
        <translation>How is the passport entered?</translation>
    </message>
    <message id="hotel.zone.lines">
        <translation>Type the lines at the bottom</translation>
    </message>
    <message id="hotel.zone.by_hand">
        <translation>Type each field</translation>
    </message>
    <message id="hotel.zone.first">
        <translation>First line at the bottom, - for blanks</translation>
    </message>
    <message id="hotel.zone.second">
        <translation>Second line at the bottom, - for blanks</translation>
    </message>
    <message id="hotel.zone.third">
        <translation>Third line at the bottom, - for blanks</translation>
    </message>
    <message id="hotel.zone.mistake">
        <translation>Check digits do not fit; compare this line</translation>
    </message>
    <message id="hotel.nationality">
        <translation>Nationality code, e.g. USA, DEU</translation>
    </message>
    <message id="hotel.nationality_mistake">
        <translation>A nationality has three letters</translation>
    </message>
    <message id="hotel.sex.question">
        <translation>Sex?</translation>
    </message>
    <message id="hotel.sex.male">
        <translation>Male</translation>
    </message>
    <message id="hotel.sex.female">
        <translation>Female</translation>
    </message>
    <message id="hotel.expires">
        <translation>Passport valid until, e.g. 2030-05-14</translation>
    </message>
    <message id="hotel.visa.question">
        <translation>Which visa?</translation>
    </message>
    <message id="hotel.visa.visa">
        <translation>Visa</translation>
    </message>
    <message id="hotel.visa.visa_free">
        <translation>Visa-free</translation>
    </message>
    <message id="hotel.visa.residence_permit">
        <translation>Residence permit</translation>
    </message>
    <message id="hotel.visa.number">
        <translation>Number of the visa or permit</translation>
    </message>
    <message id="hotel.visa.until">
        <translation>Visa valid until, e.g. 2027-05-14</translation>
    </message>
    <message id="hotel.entry.date">
        <translation>Day of entry, e.g. 2026-11-20</translation>
    </message>
    <message id="hotel.entry.port">
        <translation>Port of entry</translation>
    </message>
    <message id="hotel.guardian.name">
        <translation>Name of the guardian</translation>
    </message>
    <message id="hotel.guardian.phone">
        <translation>Phone of the guardian</translation>
    </message>
    <message id="hotel.guardian.relation">
        <translation>Relation to the child, e.g. mother</translation>
    </message>
    <message id="hotel.guardian.mistake">
        <translation>Please check it</translation>
    </message>
    <message id="hotel.day.arrivals">
        <translation>To arrive: {count}</translation>
    </message>
    <message id="hotel.day.arrivals.none">
        <translation>No reservation is waiting today</translation>
    </message>
    <message id="hotel.day.inside">
        <translation>In the house: {count}</translation>
    </message>
    <message id="hotel.day.inside.none">
        <translation>No guest is in the house</translation>
    </message>
    <message id="hotel.day.departures">
        <translation>Departures: {count}</translation>
    </message>
    <message id="hotel.day.departures.none">
        <translation>Nobody leaves today</translation>
    </message>
    <message id="hotel.day.log">
        <translation>Done today: {count}</translation>
    </message>
    <message id="hotel.day.log.none">
        <translation>Nothing was done yet today</translation>
    </message>
    <message id="hotel.day.arrival">
        <translation>{guests} guests, until {day}</translation>
    </message>
    <message id="hotel.day.arrival_late">
        <translation>Expected earlier, {guests} guests, until {day}</translation>
    </message>
    <message id="hotel.day.until_typed">
        <translation>Until {day}, typed</translation>
    </message>
    <message id="hotel.day.left">
        <translation>Left at {at}</translation>
    </message>
    <message id="hotel.day.overdue">
        <translation>Should have left</translation>
    </message>
    <message id="hotel.day.to_leave">
        <translation>Leaves today</translation>
    </message>
    <message id="hotel.did.check-in">
        <translation>Checked in</translation>
    </message>
    <message id="hotel.did.check-out">
        <translation>Checked out</translation>
    </message>
    <message id="hotel.did.extend">
        <translation>Stays longer</translation>
    </message>
    <message id="hotel.did.change-room">
        <translation>Moved</translation>
    </message>
    <message id="hotel.register.told">
        <translation>The register has heard of everybody</translation>
    </message>
    <message id="hotel.register.waiting">
        <translation>{waiting} reports wait, due by {due}</translation>
    </message>
    <message id="hotel.register.late">
        <translation>{late} reports are late, {waiting} wait</translation>
    </message>
    <message id="hotel.accepted">
        <translation>Accepted, to be confirmed</translation>
    </message>
    <message id="staff.tab.inspection">
        <translation>Inspect</translation>
    </message>
    <message id="staff.inspection.show">
        <translation>Show the passenger's card or code</translation>
    </message>
    <message id="staff.inspection.card">
        <translation>Card</translation>
    </message>
    <message id="staff.inspection.ride">
        <translation>Ride</translation>
    </message>
    <message id="staff.inspection.riders">
        <translation>Riders</translation>
    </message>
    <message id="staff.inspection.paid">
        <translation>{riders}, {amount} yuan in all</translation>
    </message>
    <message id="staff.inspection.social_security_card">
        <translation>Social-security card</translation>
    </message>
    <message id="staff.inspection.t_union">
        <translation>Transport card</translation>
    </message>
    <message id="staff.inspection.ride_code">
        <translation>Ride code</translation>
    </message>
    <message id="staff.inspection.e_card">
        <translation>Electronic card</translation>
    </message>
    <message id="staff.inspection.unread">
        <translation>Not read</translation>
    </message>
    <message id="staff.tab.serve">
        <translation>Serve</translation>
    </message>
    <message id="ui.clerk_serves">
        <translation>Served by {clerk}</translation>
    </message>
    <message id="hotel.did.self">
        <translation>{at}  {room}  {name}  by the guest</translation>
    </message>
    <message id="hotel.did.clerk">
        <translation>{at}  {room}  {name}  {clerk}</translation>
    </message>
    <message id="hotel.did.check-in.typed">
        <translation>Checked in, document typed</translation>
    </message>
    <message id="staff.tab.house">
        <translation>The house</translation>
    </message>
    <message id="staff.house">
        <translation>The day of the house</translation>
    </message>
    <message id="staff.house.empty">
        <translation>No guests and no reservations today</translation>
    </message>
    <message id="staff.house.arrivals">
        <translation>To arrive</translation>
    </message>
    <message id="staff.house.inside">
        <translation>In the house</translation>
    </message>
    <message id="staff.house.departures">
        <translation>Departures</translation>
    </message>
    <message id="staff.house.log">
        <translation>Done today</translation>
    </message>
    <message id="staff.house.register">
        <translation>Register</translation>
    </message>
    <message id="staff.house.register.late">
        <translation>{late}/{waiting} late</translation>
    </message>
    <message id="staff.house.register.waiting">
        <translation>{waiting} by {due}</translation>
    </message>
    <message id="staff.house.register.told">
        <translation>told</translation>
    </message>
    <message id="staff.machine">
        <translation>This terminal</translation>
    </message>
    <message id="staff.machine.clean">
        <translation>Clean the screen</translation>
    </message>
    <message id="staff.machine.clean.detail">
        <translation>Touches do nothing for 30 seconds</translation>
    </message>
    <message id="staff.machine.language.detail">
        <translation>The language of these pages</translation>
    </message>
    <message id="staff.machine.leave">
        <translation>Leave the terminal</translation>
    </message>
    <message id="staff.machine.leave.detail">
        <translation>It ends and is not started again by itself</translation>
    </message>
    <message id="staff.tab.machine">
        <translation>Terminal</translation>
    </message>
    <message id="hotel.registration">
        <translation>Registration {number}</translation>
    </message>
    <message id="bus.name">
        <translation>Ride</translation>
    </message>
    <message id="bus.one_more">
        <translation>One more rider</translation>
    </message>
    <message id="bus.group">
        <translation>A group</translation>
    </message>
    <message id="bus.how_many">
        <translation>How many riders?</translation>
    </message>
    <message id="bus.riders_mistake">
        <translation>From 1 to {most}</translation>
    </message>
    <message id="bus.tap">
        <translation>Tap your card or show your code</translation>
    </message>
    <message id="bus.pricing">
        <translation>One moment</translation>
    </message>
    <message id="bus.same_ride">
        <translation>Tapped already</translation>
    </message>
    <message id="bus.paid_already">
        <translation>Nothing more to pay</translation>
    </message>
    <message id="bus.validated">
        <translation>Validated here</translation>
    </message>
    <message id="bus.validated_at">
        <translation>Line {line}, {at}</translation>
    </message>
    <message id="bus.held">
        <translation>Tap again when you get off</translation>
    </message>
    <message id="bus.free">
        <translation>Free ride</translation>
    </message>
    <message id="bus.paid">
        <translation>Welcome aboard</translation>
    </message>
    <message id="bus.saved">
        <translation>You saved {amount} yuan</translation>
    </message>
    <message id="bus.tap_off">
        <translation>Tap off and pay for the way you went</translation>
    </message>
    <message id="ui.resting">
        <translation>Touch the screen, or present your card or phone</translation>
    </message>
    <message id="ui.cleaning">
        <translation>The screen is being cleaned: touching does nothing</translation>
    </message>
    <message id="ui.cleaning_seconds">
        <translation>seconds, then it can be used again</translation>
    </message>
    <message id="ui.voice_close">
        <translation>Done</translation>
    </message>
    <message id="ui.voice_described">
        <translation>Voice: say it again, set how loud</translation>
    </message>
    <message id="ui.volume.0">
        <translation>Voice is off</translation>
    </message>
    <message id="ui.volume.1">
        <translation>Very soft</translation>
    </message>
    <message id="ui.volume.2">
        <translation>Soft</translation>
    </message>
    <message id="ui.volume.3">
        <translation>Usual loudness</translation>
    </message>
    <message id="ui.volume.4">
        <translation>Loudest</translation>
    </message>
    <message id="activation.took">
        <translation>It took {minutes} min {seconds} s</translation>
    </message>
    <message id="attendance.make-up">
        <translation>Make up (with the clerk's card)</translation>
    </message>
    <message id="attendance.done.make-up">
        <translation>Signed in by the clerk</translation>
    </message>
    <message id="application.queue">
        <translation>{ahead} before you</translation>
    </message>
    <message id="catalogue.from_age">
        <translation>This is for people from {years} years of age</translation>
    </message>
    <message id="catalogue.up_to_age">
        <translation>This is for people up to {years} years of age</translation>
    </message>
    <message id="catalogue.only.farmer">
        <translation>This is for farmers</translation>
    </message>
    <message id="catalogue.only.disabled">
        <translation>This is for disabled people</translation>
    </message>
    <message id="catalogue.only.veteran">
        <translation>This is for veterans</translation>
    </message>
    <message id="catalogue.only.retired">
        <translation>This is for retired people</translation>
    </message>
    <message id="catalogue.only.student">
        <translation>This is for students</translation>
    </message>
    <message id="catalogue.only.jobless">
        <translation>This is for people out of work</translation>
    </message>
    <message id="visit.search">
        <translation>Find by letters</translation>
    </message>
    <message id="visit.search.hint">
        <translation>Touch the first letters of a word, for example HOU for housing</translation>
    </message>
    <message id="visit.search.none">
        <translation>Nothing found: try fewer letters</translation>
    </message>
    <message id="application.queue_number">
        <translation>Queue number {number}</translation>
    </message>
    <message id="application.number_note">
        <translation>Application {number}</translation>
    </message>
</context>
</TS>
