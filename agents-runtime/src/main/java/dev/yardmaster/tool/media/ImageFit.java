package dev.yardmaster.tool.media;

import dev.yardmaster.event.DataUri;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** How one image is made to fit. */
record ImageFit(ImageHead head, byte[] bytes) {

    static final int MOST_BYTES = 500_000;
    static final int LONGEST_SIDE = 1_568;
    static final long MOST_PIXELS = 50_000_000;
    private static final float[] QUALITIES = {0.85f, 0.7f, 0.5f, 0.3f};
    static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    /** Whether a model takes as much of it. */
    static boolean isSmall(ImageHead head, byte[] bytes) {
        return bytes.length <= MOST_BYTES
                && head.format() != ImageHead.Format.GIF
                && Math.max(head.width(), head.height()) <= LONGEST_SIDE;
    }

    ImageFile picture() {
        boolean fits = isSmall(head, bytes);
        try {
            Pixels whole = Pixels.decode(head.format(), bytes, MOST_PIXELS);
            return fits && head.orientation() == 1
                    ? asItIs()
                    : anew(whole.within(LONGEST_SIDE).turned(head.orientation()));
        } catch (Pixels.NoReaderException e) {
            return fits
                    ? asItIs()
                    : new ImageFile.Unusable(tooLarge() + "cannot be made smaller here; convert it to png or jpeg");
        } catch (IOException e) {
            // colours of printing are no damage: many models take what the JDK does not
            return fits && head.format() == ImageHead.Format.JPEG && isUnknownColour(e)
                    ? asItIs()
                    : new ImageFile.Unusable("cannot be decoded: " + e.getMessage());
        }
    }

    private static boolean isUnknownColour(IOException e) {
        return String.valueOf(e.getMessage()).contains("Unsupported Image Type");
    }

    private String tooLarge() {
        return "is an image, " + head.format().mediaType() + ", of " + head.width() + " × " + head.height()
                + " pixels and " + bytes.length + " bytes, which is too large to be shown as it is, and ";
    }

    private ImageFile.Shown asItIs() {
        return shown(DataUri.of(head.format().mediaType(), bytes), head.width(), head.height(), 1);
    }

    private ImageFile.Shown anew(Pixels pixels) throws IOException {
        if (head.format() != ImageHead.Format.JPEG) {
            byte[] png = pixels.png();
            if (png.length <= MOST_BYTES) {
                return shown(DataUri.of("image/png", png), pixels.width(), pixels.height(), head.orientation());
            }
        }
        byte[] jpeg = new byte[0];
        for (float quality : QUALITIES) {
            jpeg = pixels.jpeg(quality);
            if (jpeg.length <= MOST_BYTES) {
                break;
            }
        }
        return shown(DataUri.of("image/jpeg", jpeg), pixels.width(), pixels.height(), head.orientation());
    }

    private ImageFile.Shown shown(DataUri data, int width, int height, int orientation) {
        boolean sideways = orientation >= 5;
        return new ImageFile.Shown(
                data,
                width,
                height,
                head.format().mediaType(),
                sideways ? head.height() : head.width(),
                sideways ? head.width() : head.height());
    }
}
