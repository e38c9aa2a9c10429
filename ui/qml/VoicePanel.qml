// To hear it once more, and how loud: opened by the way out "voice". What is said stays in sight above it.
import QtQuick
import Onecard

FocusScope {
    id: voice

    required property var kiosk
    required property var frame
    property Item opener: null
    readonly property int volume: frame.volume ?? 0
    readonly property int loudest: 4
    readonly property string level: ({
        0: qsTrId("ui.volume.0"), 1: qsTrId("ui.volume.1"), 2: qsTrId("ui.volume.2"),
        3: qsTrId("ui.volume.3"), 4: qsTrId("ui.volume.4")
    })[volume] ?? ""

    visible: false
    focus: visible

    function open() {
        visible = true;
        again.forceActiveFocus();
        closing.restart();
        kiosk.sayAgain();
    }
    function close() {
        if (!visible) return;
        visible = false;
        if (opener) opener.forceActiveFocus();
    }
    function change(by) {
        closing.restart();
        kiosk.setVolume(Math.max(0, Math.min(loudest, volume + by)));
    }

    Keys.onEscapePressed: close()
    onVisibleChanged: if (!visible) closing.stop()

    // Somebody who walked off leaves nothing open for the next.
    Timer { id: closing; interval: Tokens.hint * 5; onTriggered: voice.close() }
    Connections {
        target: voice.kiosk
        function onScreenChanged() { voice.close(); }
        function onVoiceChanged() { voice.close(); }
    }

    MouseArea { anchors.fill: parent; onClicked: voice.close() }

    Panel {
        id: panel
        objectName: "voicePanel"
        anchors { right: parent.right; bottom: parent.bottom }
        width: Math.min(parent.width, Tokens.tall ? parent.width : Tokens.target * 9)
        height: rows.height + 2 * Tokens.apart
        border.width: Tokens.border
        border.color: Tokens.highContrast ? Tokens.focus : Tokens.accent
        MouseArea { anchors.fill: parent }

        Column {
            id: rows
            x: Tokens.apart
            y: Tokens.apart
            width: parent.width - 2 * Tokens.apart
            spacing: Tokens.apart
            Row {
                width: parent.width
                spacing: Tokens.apart
                Choice {
                    id: softer
                    objectName: "softer"
                    picture: "softer"
                    text: qsTrId("ui.softer")
                    KeyNavigation.tab: louder
                    KeyNavigation.backtab: closer
                    onClicked: voice.change(-1)
                }
                Item {
                    width: parent.width - 2 * softer.width - 2 * parent.spacing
                    height: softer.height
                    Row {
                        id: bars
                        anchors { top: parent.top; horizontalCenter: parent.horizontalCenter }
                        height: parent.height - words.height
                        spacing: Tokens.gap / 3
                        Repeater {
                            model: voice.loudest
                            Rectangle {
                                required property int index
                                anchors.bottom: parent.bottom
                                width: Tokens.gap
                                height: bars.height * (0.4 + 0.6 * (index + 1) / voice.loudest)
                                radius: Tokens.gap / 4
                                color: index < voice.volume ? Tokens.accent : Tokens.surfaceSoft
                                border.width: Math.max(1, Tokens.border / 2)
                                border.color: Tokens.accent
                            }
                        }
                    }
                    Sentence {
                        id: words
                        anchors.bottom: parent.bottom
                        width: parent.width
                        room: Tokens.quiet * 1.4
                        text: voice.level
                        size: Tokens.quiet
                        horizontalAlignment: Text.AlignHCenter
                        Accessible.role: Accessible.AlertMessage
                    }
                }
                Choice {
                    id: louder
                    objectName: "louder"
                    picture: "louder"
                    text: qsTrId("ui.louder")
                    KeyNavigation.tab: again
                    KeyNavigation.backtab: softer
                    onClicked: voice.change(1)
                }
            }
            Row {
                width: parent.width
                spacing: Tokens.apart
                Choice {
                    id: again
                    objectName: "sayAgain"
                    width: parent.width - closer.width - parent.spacing
                    picture: "speaker"
                    text: qsTrId("ui.say_again")
                    focus: true
                    KeyNavigation.tab: closer
                    KeyNavigation.backtab: louder
                    onClicked: {
                        closing.restart();
                        voice.kiosk.sayAgain();
                    }
                }
                Choice {
                    id: closer
                    objectName: "voiceClose"
                    picture: "tick"
                    text: qsTrId("ui.voice_close")
                    KeyNavigation.tab: softer
                    KeyNavigation.backtab: again
                    onClicked: voice.close()
                }
            }
        }
    }

    component Choice: BigButton {
        onWhite: true
        width: (rows.width - 2 * Tokens.apart) * 0.3
    }
}
