package dev.yardmaster.tool.media;

import dev.yardmaster.event.DataUri;
import java.util.Optional;

/**
 * An image as it is shown to a model: {@code png}, {@code jpeg}, {@code gif} and {@code webp}, told by their content. One
 * of more than 500,000 bytes or 1,568 pixels on a side, one that is to be turned, and every GIF, is encoded anew, as PNG or
 * JPEG; one that cannot be decoded is not shown. WebP, for which the JDK has no reader, is shown as it is while it is small, unless the
 * application has a reader of {@code javax.imageio} for it. Images are decoded one at a time, and none of more than 50
 * million pixels is.
 */
public sealed interface ImageFile {

    /** Of more bytes, no file is looked at. */
    long LONGEST_FILE = 40_000_000;

    /** @param data as it is shown @param original what it was; the numbers are pixels, turned as it is to be seen */
    record Shown(DataUri data, int width, int height, String original, int originalWidth, int originalHeight)
            implements ImageFile {

        /** Whether it is shown smaller than it was. */
        public boolean isSmaller() {
            return width != originalWidth || height != originalHeight;
        }

        /** {@code an image, image/png, 1280 × 800 pixels}. */
        public String described() {
            return "an image, " + original + ", " + originalWidth + " × " + originalHeight + " pixels"
                    + (isSmaller() ? ", shown with " + width + " × " + height : "");
        }
    }

    /** It cannot be shown. @param why such as {@code has 100000 × 100000 pixels, and more than …}, to follow what it is */
    record Unusable(String why) implements ImageFile {}

    /** Whether the bytes begin as an image does that could be shown. */
    static boolean isOne(byte[] head) {
        return ImageHead.format(head).isPresent();
    }

    /** Whether it can be shown as it is, as far as can be told without decoding it. */
    static boolean isFit(byte[] bytes) {
        return ImageHead.of(bytes)
                .filter(head -> ImageFit.isSmall(head, bytes))
                .filter(head -> head.orientation() == 1)
                .isPresent();
    }

    /**
     * The image of a file's bytes as it is shown. Blocks while another one is decoded.
     *
     * @throws InterruptedException when it is interrupted meanwhile
     */
    static ImageFile of(byte[] bytes) throws InterruptedException {
        Optional<ImageHead> head = ImageHead.of(bytes);
        if (head.isEmpty()) {
            return new Unusable("is damaged, or no image of a kind that can be shown (png, jpeg, gif, webp)");
        }
        if (head.get().pixels() > ImageFit.MOST_PIXELS) {
            return new Unusable("has " + head.get().width() + " × " + head.get().height() + " pixels, and more than "
                    + ImageFit.MOST_PIXELS / 1_000_000 + " million are not decoded; make it smaller with a program");
        }
        ImageFit.ONE_AT_A_TIME.lockInterruptibly();
        try {
            return new ImageFit(head.get(), bytes).picture();
        } finally {
            ImageFit.ONE_AT_A_TIME.unlock();
        }
    }
}
