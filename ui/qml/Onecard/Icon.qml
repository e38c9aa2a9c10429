// One icon of the family in one colour; decoration only, its meaning stands in the text beside it.
import QtQuick
import QtQuick.Shapes

Item {
    id: icon

    property string name
    property color colour: Tokens.ink
    property real size: Tokens.icon

    implicitWidth: size
    implicitHeight: size
    Accessible.ignored: true

    Shape {
        width: 24
        height: 24
        scale: icon.size / 24
        transformOrigin: Item.TopLeft

        ShapePath {
            strokeColor: icon.colour
            strokeWidth: icon.size > Tokens.icon * 1.5 ? Tokens.strokeLarge : Tokens.stroke
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin
            PathSvg { path: Icons.paths[icon.name] ?? "" }
        }
    }
}
