// Always there: start over, call staff; at the idle screen easy mode and the other language; at a result
// the receipt on paper, where there is a printer.
import QtQuick
import Onecard

Item {
    id: ways

    required property var kiosk
    required property var frame
    required property var view

    property alias voice: voiceButton
    signal voiceWanted()

    readonly property bool idle: view.kind === "idle" || view.kind === "stopped"
    readonly property bool crowded: left.natural + right.natural + Tokens.apart > width
    // The voice is a sign that needs no word, and takes little room.
    readonly property real alone: voiceButton.visible ? Tokens.target + Tokens.apart : 0
    readonly property real squeeze: (width - alone - (left.worded + right.worded - 1) * Tokens.apart) / Math.max(1, left.liked + right.liked)
    // On a fine panel that stands upright they have two lines.
    readonly property bool stacked: Tokens.tall && squeeze < 0.8

    implicitHeight: stacked ? 2 * Tokens.target + Tokens.apart : Tokens.target

    component Way: BigButton {
        quiet: true
        // Where they do not fit side by side as they would like, all give up the same part of their width.
        width: ways.crowded ? Math.floor(implicitWidth * parent.squeeze) : implicitWidth
    }
    component Side: Row {
        readonly property var words: children.filter(each => each.visible && each.text !== "")
        readonly property int worded: words.length
        // Of those with words, without what is between them.
        readonly property real liked: words.reduce((sum, each) => sum + each.implicitWidth, 0)
        readonly property real natural: children.reduce((sum, each) => sum + (each.visible ? each.implicitWidth + Tokens.apart : 0), -Tokens.apart)
        property real beside: 0
        readonly property real squeeze: !ways.stacked ? ways.squeeze
            : Math.min(1, (ways.width - beside - (worded - 1) * Tokens.apart) / Math.max(1, liked))
        height: Tokens.target
        spacing: Tokens.apart
    }

    Side {
        id: left
        y: parent.height - height
        Way {
            objectName: "startOver"
            visible: ways.frame.can_start_over === true
            picture: "home"
            text: ways.view.can_finish && ways.view.kind === "result" ? qsTrId("ui.home") : qsTrId("ui.start_over")
            onClicked: ways.kiosk.startOver()
        }
        Way {
            objectName: "callStaff"
            picture: "staff"
            text: (ways.frame.staff ?? "") === "" || ways.frame.staff_unanswered === true ? qsTrId("ui.call_staff") : ways.frame.staff
            onClicked: ways.kiosk.callStaff()
        }
    }
    Side {
        id: right
        anchors.right: parent.right
        beside: ways.alone
        Way {
            objectName: "printReceipt"
            readonly property string paper: ways.view.paper ?? ""
            readonly property bool printing: paper === "printing" || paper === "copying"
            visible: printing || paper === "offered" || paper === "copy_offered"
            enabled: !printing
            quiet: false
            picture: "printer"
            text: printing ? qsTrId("ui.printing")
                : paper === "copy_offered" ? qsTrId("ui.print_copy") : qsTrId("ui.print_receipt")
            onClicked: ways.kiosk.printReceipt()
        }
        Way {
            objectName: "easyMode"
            visible: ways.idle
            picture: "heart"
            text: ways.frame.easy_mode ? qsTrId("ui.easy_mode_off") : qsTrId("ui.easy_mode")
            onClicked: ways.kiosk.toggleEasyMode()
        }
        Way {
            objectName: "otherLanguage"
            visible: ways.idle
            picture: "globe"
            text: qsTrId("ui.other_language")
            onClicked: ways.kiosk.changeLanguage()
        }
        Way {
            id: voiceButton
            objectName: "voice"
            visible: ways.kiosk.voice === "heard"
            width: ways.crowded ? Tokens.target : implicitWidth
            size: Tokens.label * 1.4
            picture: ways.frame.volume === 0 ? "speaker_off" : "speaker"
            Accessible.name: qsTrId("ui.voice_described")
            onClicked: ways.voiceWanted()
        }
    }
}
