<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name></name>
    <message id="idle.card_only">
        <translation>Please lay down your card</translation>
    </message>
    <message id="idle.detail">
        <translation>Your card and the electronic card on your phone both work</translation>
    </message>
    <message id="idle.offline">
        <translation>Not connected now; electronic cards must wait</translation>
    </message>
    <message id="idle.phone_only">
        <translation>Please show your electronic card</translation>
    </message>
    <message id="idle.title">
        <translation>Lay down your card or show your code</translation>
    </message>
    <message id="library.accepted.next">
        <translation>Confirmed later by itself; you may take the books</translation>
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
    <message id="library.limit_reached">
        <translation>You have as many books as you may borrow</translation>
    </message>
    <message id="library.line.borrow.accepted">
        <translation>Due {due}, to be confirmed</translation>
    </message>
    <message id="library.line.borrow.confirmed">
        <translation>Due {due}</translation>
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
    <message id="library.line.returned.confirmed">
        <translation>Returned</translation>
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
    <message id="library.partly.borrow">
        <translation>{done} of {total} borrowed</translation>
    </message>
    <message id="library.partly.renew">
        <translation>{done} of {total} renewed</translation>
    </message>
    <message id="library.partly.return">
        <translation>{done} of {total} returned</translation>
    </message>
    <message id="library.present_to_borrow">
        <translation>Lay down your card or show your phone</translation>
    </message>
    <message id="library.present_to_renew">
        <translation>Lay down your card or show your phone</translation>
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
    <message id="tray.books">
        <translation>Books</translation>
    </message>
    <message id="tray.cards">
        <translation>Cards</translation>
    </message>
    <message id="tray.phones">
        <translation>Phones</translation>
    </message>
    <message id="tray.take_away">
        <translation>Take away</translation>
    </message>
    <message id="tray.title">
        <translation>Demonstration tray</translation>
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
    <message id="ui.more_time">
        <translation>More time</translation>
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
    <message id="ui.receipt">
        <translation>Scan to keep the receipt</translation>
    </message>
    <message id="ui.refused">
        <translation>Not done</translation>
    </message>
    <message id="ui.scan_here">
        <translation>Barcode to the window</translation>
    </message>
    <message id="ui.staff_called">
        <translation>Staff are coming</translation>
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
    <message id="ui.accept">
        <translation>OK</translation>
    </message>
    <message id="ui.erase">
        <translation>Delete</translation>
    </message>
</context>
</TS>
