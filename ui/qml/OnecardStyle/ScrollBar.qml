// Says that there is more, and where one is; nothing to aim at with a finger.
import QtQuick
import QtQuick.Templates as T
import Onecard

T.ScrollBar {
    id: bar

    implicitWidth: Tokens.gap / 2
    implicitHeight: Tokens.gap / 2
    padding: Tokens.border
    visible: policy === T.ScrollBar.AlwaysOn || policy === T.ScrollBar.AsNeeded && size < 1
    minimumSize: 0.1
    Accessible.ignored: true

    contentItem: Rectangle {
        radius: Math.min(width, height) / 2
        color: Tokens.inkSoft
        opacity: bar.active ? 1 : 0.55
    }
}
