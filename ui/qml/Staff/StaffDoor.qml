// The way to the staff pages that the public does not see: the time of day pressed long, or a chord of keys.
// While they are open, nothing of the public's screen is shown, pressed or read out.
import QtQuick
import QtQuick.Window
import Onecard

Item {
    id: door

    required property var staff
    required property Item signs
    required property list<Item> shown

    property Item before: null
    // A window that closes loses its model first.
    readonly property bool open: staff ? staff.open : false

    readonly property int held: 1500
    anchors.fill: parent

    Connections {
        target: door.staff
        function onOpenChanged() {
            if (door.open) door.before = door.Window.activeFocusItem;
            if (!door.open && door.before) door.before.forceActiveFocus();
        }
    }
    Instantiator {
        model: door.shown
        Binding {
            required property Item modelData
            target: modelData; property: "visible"; value: false; when: door.open
        }
    }
    Shortcut {
        sequence: "Ctrl+Alt+S"
        enabled: !door.open
        onActivated: door.staff.enter()
    }
    MouseArea {
        objectName: "staffDoor"
        enabled: !door.open
        x: door.signs.x + door.signs.width - width
        y: 0
        width: Tokens.target * 1.6
        height: Math.max(door.signs.y + door.signs.height, Tokens.target)
        pressAndHoldInterval: door.held
        onPressAndHold: door.staff.enter()
        Accessible.ignored: true
    }
    Loader {
        anchors.fill: parent
        active: door.open
        focus: active
        sourceComponent: StaffArea { staff: door.staff }
        onLoaded: item.forceActiveFocus()
    }
}
