// Something named went wrong: what happened, what to do now, and a short code for whoever helps.
import QtQuick
import Onecard

Rectangle {
    id: failed

    property var view: ({})
    property var kiosk

    radius: Tokens.radius
    color: Tokens.refused
    border.width: Tokens.highContrast ? Tokens.border : 0
    border.color: Tokens.pale

    Column {
        anchors { verticalCenter: parent.verticalCenter; left: parent.left; right: parent.right; margins: Tokens.margin }
        spacing: Tokens.gap / (Tokens.compact ? 2 : 1)
        ResultSign {
            name: failed.view.picture ?? ""
            colour: Tokens.refused
            width: Math.min(Tokens.picture * 0.9, failed.height * 0.2)
            anchors.horizontalCenter: parent.horizontalCenter
        }
        Sentence {
            width: parent.width
            room: failed.height * 0.26
            text: failed.view.title ?? ""
            size: Tokens.headline
            font.bold: true
            color: Tokens.pale
            horizontalAlignment: Text.AlignHCenter
        }
        Sentence {
            width: parent.width
            room: failed.height * 0.24
            text: failed.view.detail ?? ""
            size: Tokens.body * 1.1
            color: Tokens.pale
            horizontalAlignment: Text.AlignHCenter
        }
        Sentence {
            width: parent.width
            room: Tokens.code * (Tokens.compact ? 1.4 : 2)
            text: qsTrId("ui.code") + " " + (failed.view.code ?? "") + "　" + qsTrId("ui.terminal") + " "
                  + (failed.kiosk ? failed.kiosk.frame.terminal : "")
            size: Tokens.code * (Tokens.compact ? 1 : 1.35)
            font.bold: true
            color: Tokens.pale
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
