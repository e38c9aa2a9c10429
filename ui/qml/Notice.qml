// A soft sign that goes by itself.
import QtQuick
import Onecard

Panel {
    id: notice

    property alias text: sentence.text

    visible: opacity > 0
    opacity: text === "" ? 0 : 1
    implicitHeight: sentence.height + 2 * Tokens.gap
    border.color: Tokens.accepted
    border.width: Tokens.focusBorder
    Behavior on opacity { NumberAnimation { duration: Tokens.quick } }

    Sentence {
        id: sentence
        anchors.centerIn: parent
        width: parent.width - 2 * Tokens.gap
        room: Tokens.headline * 2.6
        horizontalAlignment: Text.AlignHCenter
        Accessible.role: Accessible.AlertMessage
    }
}
