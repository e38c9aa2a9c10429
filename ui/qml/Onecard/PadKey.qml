// One key: a digit, a letter, a character, or an icon with a name.
import QtQuick

BigButton {
    id: key

    property string face
    readonly property bool erase: face === "erase"

    signal pressed_(string key)

    objectName: "key-" + face
    ground: Tokens.surface
    pressedGround: Tokens.surfacePressed
    ink: Tokens.ink
    onWhite: true
    picture: erase ? "erase" : face === " " ? "space" : ""
    text: erase || face === " " ? "" : face
    size: Math.min(Tokens.headline * 0.9, height * 0.52, width * (text.length > 1 ? 0.36 : 0.62))
    padding: 0
    activeFocusOnTab: enabled
    Accessible.name: erase ? qsTrId("ui.erase") : face === " " ? qsTrId("ui.space") : face
    implicitWidth: Tokens.target
    onClicked: pressed_(face)
}
