// The window of a counter: signs above, one screen in the middle, the ways out below.
import QtQuick
import QtQuick.Window
import Onecard
import "Staff"

Window {
    id: window

    required property var kiosk
    required property var staff
    required property var house
    readonly property var screen_: kiosk.screen
    readonly property var frame: kiosk.frame
    readonly property real side: Tokens.small || Tokens.close ? Tokens.gap : Tokens.margin

    title: frame.counter_name ?? ""
    onActiveFocusItemChanged: if (activeFocusItem && activeFocusItem.visualFocus === true) Tokens.byKeys = true

    PointHandler {
        target: null
        onActiveChanged: if (active) Tokens.byKeys = false
    }
    color: Tokens.ground
    visible: false

    Binding { target: Tokens; property: "width"; value: window.width }
    Binding { target: Tokens; property: "height"; value: window.height }
    Binding { target: Tokens; property: "density"; value: window.kiosk.density }
    Binding { target: Tokens; property: "easy"; value: window.frame.easy_mode === true }
    Binding { target: Tokens; property: "highContrast"; value: window.kiosk.highContrast }
    Binding { target: Tokens; property: "reducedMotion"; value: window.kiosk.reducedMotion }

    // A waiting screen moves by a few pixels each minute: nothing of it is burnt into the panel.
    Binding { target: window.contentItem; property: "x"; value: window.house.driftX }
    Binding { target: window.contentItem; property: "y"; value: window.house.driftY }

    Rectangle {
        anchors.fill: parent
        gradient: Gradient {
            GradientStop { position: 0; color: Tokens.ground }
            GradientStop { position: 1; color: Tokens.groundDeep }
        }
    }

    SignLine {
        id: signs
        anchors {
            top: parent.top; left: parent.left; right: parent.right
            topMargin: Tokens.small ? Tokens.gap / 2 : Tokens.gap; leftMargin: window.side; rightMargin: window.side
        }
        frame: window.frame
        time: window.kiosk.time
        person: window.screen_.person ?? ""
        silent: window.kiosk.voice === "none"
    }

    Loader {
        id: stage
        objectName: "stage"
        anchors {
            top: signs.bottom; bottom: ways.top; left: parent.left; right: parent.right
            margins: Tokens.small || Tokens.close ? Tokens.gap / 2 : Tokens.gap; leftMargin: window.side; rightMargin: window.side
            bottomMargin: Tokens.apart
        }
        readonly property string kind: window.screen_.kind ?? "idle"
        source: "Screens/" + ({
            "idle": "Idle", "busy": "Busy", "choose": "Choose", "present": "Present", "basket": "Basket",
            "form": "Form", "search": "Search", "photograph": "Photograph", "pin": "Pin", "code": "Code", "result": "Result", "failed": "Failed", "stopped": "Failed"
        })[kind] + ".qml"
        onLoaded: appearing.restart()
        NumberAnimation {
            id: appearing
            target: stage; property: "opacity"; from: 0; to: 1; duration: Tokens.calm
        }
    }

    Binding { target: stage.item; property: "view"; value: window.screen_; when: stage.status === Loader.Ready }
    Binding { target: stage.item; property: "kiosk"; value: window.kiosk; when: stage.status === Loader.Ready }

    WaysOut {
        id: ways
        anchors {
            bottom: parent.bottom; left: parent.left; right: parent.right
            bottomMargin: Tokens.gap; leftMargin: window.side; rightMargin: window.side
        }
        kiosk: window.kiosk
        frame: window.frame
        view: window.screen_
        onVoiceWanted: voicePanel.visible ? voicePanel.close() : voicePanel.open()
    }

    Notice {
        anchors { horizontalCenter: parent.horizontalCenter; bottom: ways.top; bottomMargin: Tokens.target + 2 * Tokens.gap }
        width: Math.min(parent.width - 2 * Tokens.margin, Tokens.picture * 6)
        text: window.frame.notice ?? ""
    }

    VoicePanel {
        id: voicePanel
        objectName: "voiceControl"
        anchors {
            top: parent.top; bottom: ways.top; left: parent.left; right: parent.right
            bottomMargin: Tokens.apart; leftMargin: window.side; rightMargin: window.side
        }
        kiosk: window.kiosk
        frame: window.frame
        opener: ways.voice
    }

    TimeWarning {
        anchors.fill: parent
        visible: window.frame.time_warning === true && !door.open
        kiosk: window.kiosk
    }

    StaffDoor { id: door; staff: window.staff; signs: signs; shown: [signs, stage, ways, voicePanel] }
    Night {
        anchors { fill: parent; margins: -Tokens.gap }
        z: 1
        house: window.house
        time: window.kiosk.time
    }

    Loader {
        objectName: "cleaning"
        anchors { fill: parent; margins: -Tokens.gap }
        z: 2
        active: window.house.cleaningSeconds > 0
        source: "Cleaning.qml"
        onLoaded: item.house = window.house
    }
}
