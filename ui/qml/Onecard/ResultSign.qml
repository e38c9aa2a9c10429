// The sign of a result in a white round: a tick, a clock or a cross that draws itself once.
import QtQuick
import QtQuick.Shapes

Rectangle {
    id: sign

    property string name
    property color colour: Tokens.accent
    property real drawn: 1

    width: Tokens.picture
    height: width
    radius: width / 2
    color: Tokens.pale
    Accessible.ignored: true

    Shape {
        anchors.centerIn: parent
        width: 24
        height: 24
        scale: sign.width * 0.62 / 24
        ShapePath {
            strokeColor: sign.colour
            strokeWidth: Tokens.stroke * 1.25
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin
            trim.end: sign.drawn
            PathSvg { path: Icons.paths[sign.name] ?? "" }
        }
    }
    function draw() { if (visible && !Tokens.reducedMotion) drawing.restart(); }
    onVisibleChanged: draw()
    Component.onCompleted: draw()

    NumberAnimation {
        id: drawing
        target: sign; property: "drawn"; from: 0; to: 1; duration: Tokens.calm; easing.type: Easing.OutQuad
    }
}
