package dev.yardmaster.tool.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the first bytes of an image say of it. Read without decoding anything, so that nothing is decoded that is too large:
 * <a href="https://www.w3.org/TR/png-3/">PNG</a>, <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">JPEG</a> with the
 * orientation of its Exif data, <a href="https://www.w3.org/Graphics/GIF/spec-gif89a.txt">GIF</a>,
 * <a href="https://developers.google.com/speed/webp/docs/riff_container">WebP</a>.
 *
 * @param orientation how it is to be turned, as Exif numbers it; 1 for not at all
 */
record ImageHead(Format format, int width, int height, int orientation) {

    /** @param imageIo what javax.imageio calls it */
    enum Format {
        PNG("image/png", "png"),
        JPEG("image/jpeg", "jpeg"),
        GIF("image/gif", "gif"),
        WEBP("image/webp", "webp");

        private final String mediaType;
        private final String imageIo;

        Format(String mediaType, String imageIo) {
            this.mediaType = mediaType;
            this.imageIo = imageIo;
        }

        String mediaType() {
            return mediaType;
        }

        String imageIo() {
            return imageIo;
        }
    }

    long pixels() {
        return (long) width * height;
    }

    /** Empty when it is no image, or what should say its size does not. */
    static Optional<ImageHead> of(byte[] bytes) {
        return format(bytes).flatMap(format -> switch (format) {
            case PNG -> sized(format, be32(bytes, 16), be32(bytes, 20), 1);
            case GIF -> sized(format, le(bytes, 6, 2), le(bytes, 8, 2), 1);
            case JPEG -> jpeg(bytes);
            case WEBP -> webp(bytes);
        });
    }

    /** The format, by the first bytes alone. */
    static Optional<Format> format(byte[] bytes) {
        if (begins(bytes, 0, "\u0089PNG\r\n\u001a\n") && begins(bytes, 12, "IHDR")) {
            return Optional.of(Format.PNG);
        }
        if (begins(bytes, 0, "\u00ff\u00d8\u00ff")) {
            return Optional.of(Format.JPEG);
        }
        if (begins(bytes, 0, "GIF87a") || begins(bytes, 0, "GIF89a")) {
            return Optional.of(Format.GIF);
        }
        return begins(bytes, 0, "RIFF") && begins(bytes, 8, "WEBPVP8") ? Optional.of(Format.WEBP) : Optional.empty();
    }

    private static boolean begins(byte[] bytes, int at, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= at + wanted.length
                && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    }

    private static Optional<ImageHead> sized(Format format, long width, long height, int orientation) {
        boolean sane = width > 0 && height > 0 && width <= Integer.MAX_VALUE && height <= Integer.MAX_VALUE;
        return sane ? Optional.of(new ImageHead(format, (int) width, (int) height, orientation)) : Optional.empty();
    }

    /** Segment after segment up to the frame, which has the size. */
    private static Optional<ImageHead> jpeg(byte[] bytes) {
        int orientation = 1;
        int at = 2;
        while (at + 9 < bytes.length && (bytes[at] & 0xFF) == 0xFF) {
            int marker = bytes[at + 1] & 0xFF;
            if (marker == 0xFF || marker == 0x01 || marker >= 0xD0 && marker <= 0xD7) {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }
            int length = be16(bytes, at + 2);
            boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
            if (frame) {
                return sized(Format.JPEG, be16(bytes, at + 7), be16(bytes, at + 5), orientation);
            }
            if (marker == 0xD9 || marker == 0xDA || length < 2) {
                return Optional.empty();
            }
            if (marker == 0xE1 && begins(bytes, at + 4, "Exif\0\0")) {
                orientation = exif(bytes, at + 10, Math.min(bytes.length, at + 2 + length));
            }
            at += 2 + length;
        }
        return Optional.empty();
    }

    /** The tag 0x0112 of the first directory. @param from where the TIFF header is @param to behind the segment */
    private static int exif(byte[] bytes, int from, int to) {
        boolean little = begins(bytes, from, "II*\0");
        if (!little && !begins(bytes, from, "MM\0*") || from + 8 > to) {
            return 1;
        }
        long directory = from + number(bytes, from + 4, 4, little);
        if (directory + 2 > to) {
            return 1;
        }
        long entries = number(bytes, (int) directory, 2, little);
        for (long entry = directory + 2; entries-- > 0 && entry + 12 <= to; entry += 12) {
            if (number(bytes, (int) entry, 2, little) == 0x0112) {
                long value = number(bytes, (int) entry + 8, 2, little);
                return value >= 1 && value <= 8 ? (int) value : 1;
            }
        }
        return 1;
    }

    private static Optional<ImageHead> webp(byte[] bytes) {
        if (begins(bytes, 12, "VP8X")) {
            return sized(Format.WEBP, 1 + le(bytes, 24, 3), 1 + le(bytes, 27, 3), 1);
        }
        if (begins(bytes, 12, "VP8L")) {
            long packed = le(bytes, 21, 4);
            return sized(Format.WEBP, 1 + (packed & 0x3FFF), 1 + (packed >> 14 & 0x3FFF), 1);
        }
        return begins(bytes, 23, "\u009d\u0001\u002a")
                ? sized(Format.WEBP, le(bytes, 26, 2) & 0x3FFF, le(bytes, 28, 2) & 0x3FFF, 1)
                : Optional.empty();
    }

    private static int be16(byte[] bytes, int at) {
        return (int) number(bytes, at, 2, false);
    }

    private static long be32(byte[] bytes, int at) {
        return number(bytes, at, 4, false);
    }

    private static long le(byte[] bytes, int at, int count) {
        return number(bytes, at, count, true);
    }

    /** 0 where the bytes end before. */
    private static long number(byte[] bytes, int at, int count, boolean little) {
        if (at < 0 || at + count > bytes.length) {
            return 0;
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | bytes[little ? at + count - 1 - i : at + i] & 0xFF;
        }
        return value;
    }
}
