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
        height: question.height + more.height + 4 * Tokens.gap
        Sentence {
            id: question
            anchors { top: parent.top; left: parent.left; right: parent.right; margins: Tokens.gap }
            room: Tokens.headline * 2.6
            text: qsTrId("visit.more_time_question")
            size: Tokens.headline
            font.bold: true
            horizontalAlignment: Text.AlignHCenter
        }
        BigButton {
            id: more
            objectName: "moreTime"
            anchors { bottom: parent.bottom; left: parent.left; right: parent.right; margins: Tokens.gap }
            picture: "clock"
            text: qsTrId("ui.more_time")
            onClicked: warning.kiosk.moreTime()
        }
    }
}
