// Are you still there? One large button; the visit ends by itself without an answer.
import QtQuick
import Onecard

FocusScope {
    id: warning

    required property var kiosk

    focus: visible
    onVisibleChanged: if (visible) more.forceActiveFocus()

    Rectangle {
        anchors.fill: parent
        color: Tokens.shade
        MouseArea { anchors.fill: parent; onClicked: warning.kiosk.moreTime() }
    }
    Panel {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Tokens.margin, Tokens.picture * 5)
        height: question.height + more.height + sign.height + 5 * Tokens.gap
        ResultSign {
            id: sign
            name: "clock"
            anchors { top: parent.top; topMargin: Tokens.gap * 1.5; horizontalCenter: parent.horizontalCenter }
            width: Tokens.picture * 0.7
            color: Tokens.surfaceSoft
        }
        Sentence {
            id: question
            anchors { top: sign.bottom; left: parent.left; right: parent.right; margins: Tokens.gap }
            room: Tokens.headline * 2.6
            text: qsTrId("visit.more_time_question")
            size: Tokens.headline
            font.bold: true
            horizontalAlignment: Text.AlignHCenter
        }
        BigButton {
            id: more
            height: Tokens.target * 1.2
            objectName: "moreTime"
            anchors { bottom: parent.bottom; left: parent.left; right: parent.right; margins: Tokens.gap }
            onWhite: true
            picture: "clock"
            text: qsTrId("ui.more_time")
            onClicked: warning.kiosk.moreTime()
        }
    }
}
