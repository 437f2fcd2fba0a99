package duka.local;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures for the demo's goods: the same for the same number, and free of any rights. */
final class Drawing {

    private static final int SIZE = 400;
    private static final int SHAPES = 6;

    private Drawing() {}

    static byte[] png(int number) {
        var chance = new Random(number);
        float hue = chance.nextFloat();
        var picture = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        var brush = picture.createGraphics();
        brush.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        brush.setPaint(
                new GradientPaint(
                        0,
                        0,
                        Color.getHSBColor(hue, 0.25f, 0.98f),
                        SIZE,
                        SIZE,
                        Color.getHSBColor(hue, 0.55f, 0.85f)));
        brush.fillRect(0, 0, SIZE, SIZE);
        for (int shape = 0; shape < SHAPES; shape++) {
            double size = SIZE * (0.15 + 0.4 * chance.nextDouble());
            brush.setColor(Color.getHSBColor(hue + shape / 9f, 0.6f, 0.9f));
            brush.fill(
                    new Ellipse2D.Double(
                            chance.nextDouble() * (SIZE - size),
                            chance.nextDouble() * (SIZE - size),
                            size,
                            size));
        }
        brush.dispose();
        var png = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }
}
