// Always there: start over, call staff; at the idle screen easy mode and the other language; at a result
// the receipt on paper, where there is a printer.
import QtQuick
import Onecard

Flow {
    id: ways

    required property var kiosk
    required property var frame
    required property var view

    readonly property bool idle: view.kind === "idle" || view.kind === "stopped"

    spacing: Tokens.gap
    layoutDirection: Qt.LeftToRight

    BigButton {
        objectName: "startOver"
        visible: ways.frame.can_start_over === true
        quiet: true
        picture: "home"
        text: ways.view.can_finish && ways.view.kind === "result" ? qsTrId("ui.home") : qsTrId("ui.start_over")
        onClicked: ways.kiosk.startOver()
    }
    BigButton {
        objectName: "callStaff"
        quiet: true
        picture: "staff"
        text: ways.frame.staff_called ? qsTrId("ui.staff_called") : qsTrId("ui.call_staff")
        onClicked: ways.kiosk.callStaff()
    }
    BigButton {
        objectName: "printReceipt"
        readonly property string paper: ways.view.paper ?? ""
        readonly property bool printing: paper === "printing" || paper === "copying"
        visible: printing || paper === "offered" || paper === "copy_offered"
        enabled: !printing
        picture: "printer"
        text: printing ? qsTrId("ui.printing")
            : paper === "copy_offered" ? qsTrId("ui.print_copy") : qsTrId("ui.print_receipt")
        onClicked: ways.kiosk.printReceipt()
    }
    BigButton {
        objectName: "easyMode"
        visible: ways.idle
        quiet: true
        picture: "heart"
        text: ways.frame.easy_mode ? qsTrId("ui.easy_mode_off") : qsTrId("ui.easy_mode")
        onClicked: ways.kiosk.toggleEasyMode()
    }
    BigButton {
        objectName: "otherLanguage"
        visible: ways.idle
        quiet: true
        picture: "globe"
        text: qsTrId("ui.other_language")
        onClicked: ways.kiosk.changeLanguage()
    }
}
