package dev.yardmaster.tool.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.DataUri;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {

    private static BufferedImage plain(int width, int height, int type, int argb) {
        var image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, argb);
            }
        }
        return image;
    }

    private static BufferedImage noise(int width, int height) {
        var random = new Random(7);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return image;
    }

    private static byte[] encoded(BufferedImage image, String format) throws IOException {
        var bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    private static BufferedImage decoded(DataUri data) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(data.bytes()));
    }

    private static ImageFile.Shown shown(byte[] bytes) throws InterruptedException {
        ImageFile picture = ImageFile.of(bytes);
        assertThat(picture).isInstanceOf(ImageFile.Shown.class);
        return (ImageFile.Shown) picture;
    }

    private static String problem(byte[] bytes) throws InterruptedException {
        ImageFile picture = ImageFile.of(bytes);
        assertThat(picture).isInstanceOf(ImageFile.Unusable.class);
        return ((ImageFile.Unusable) picture).why();
    }

    /** A WebP file's beginning: lossy, lossless or extended, and as many bytes as it is to have. */
    private static byte[] webp(String kind, int width, int height, int bytes) {
        ByteBuffer file = ByteBuffer.allocate(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(bytes - 8);
        file.put(("WEBP" + kind).getBytes(StandardCharsets.US_ASCII)).putInt(bytes - 20);
        switch (kind) {
            case "VP8 " -> {
                file.put(23, new byte[] {(byte) 0x9d, 1, 0x2a});
                file.putShort(26, (short) width).putShort(28, (short) height);
            }
            case "VP8L" -> file.put(20, (byte) 0x2f).putInt(21, width - 1 | height - 1 << 14);
            default -> {
                file.putInt(24, width - 1);
                file.putInt(27, height - 1);
            }
        }
        return file.array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void a_small_one_is_shown_as_it_is(String format) throws Exception {
        byte[] bytes = encoded(plain(40, 30, BufferedImage.TYPE_INT_RGB, 0x336699), format);

        ImageFile.Shown shown = shown(bytes);

        assertThat(shown.data()).isEqualTo(DataUri.of("image/" + format, bytes));
        assertThat(shown.described()).isEqualTo("an image, image/" + format + ", 40 × 30 pixels");
    }

    @Test
    void one_with_too_many_pixels_becomes_smaller_and_stays_lossless_while_that_is_small() throws Exception {
        ImageFile.Shown shown = shown(encoded(plain(3_000, 1_000, BufferedImage.TYPE_INT_RGB, 0x336699), "png"));

        assertThat(shown.data().mediaType()).isEqualTo("image/png");
        BufferedImage seen = decoded(shown.data());
        assertThat(new int[] {seen.getWidth(), seen.getHeight()}).containsExactly(1_568, 522);
        assertThat(seen.getRGB(1_567, 521)).isEqualTo(0xFF336699);
        assertThat(shown.described()).isEqualTo("an image, image/png, 3000 × 1000 pixels, shown with 1568 × 522");
    }

    @ParameterizedTest
    @CsvSource({"png, 1000, 800", "jpeg, 1600, 1600"})
    void one_with_too_many_bytes_becomes_a_jpeg_that_fits(String format, int width, int height) throws Exception {
        byte[] bytes = encoded(noise(width, height), format);
        assertThat(bytes.length).isGreaterThan(500_000);

        ImageFile.Shown shown = shown(bytes);

        assertThat(shown.data().mediaType()).isEqualTo("image/jpeg");
        assertThat(shown.data().size()).isLessThan(bytes.length).isLessThan(1_000_000);
        assertThat(Math.max(shown.width(), shown.height())).isLessThanOrEqualTo(1_568);
    }

    @Test
    void of_a_gif_the_first_image_is_shown_as_png() throws Exception {
        ImageFile.Shown shown = shown(encoded(plain(20, 10, BufferedImage.TYPE_BYTE_INDEXED, 0xFF0000), "gif"));

        assertThat(shown.data().mediaType()).isEqualTo("image/png");
        assertThat(shown.original()).isEqualTo("image/gif");
        assertThat(decoded(shown.data()).getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFF0000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"VP8 ", "VP8L", "VP8X"})
    void webp_is_shown_as_it_is_while_it_is_small(String kind) throws Exception {
        byte[] small = webp(kind, 640, 480, 2_000);

        assertThat(shown(small).data()).isEqualTo(DataUri.of("image/webp", small));
        assertThat(shown(small).width()).isEqualTo(640);
        assertThat(shown(small).height()).isEqualTo(480);
        assertThat(problem(webp(kind, 2_000, 480, 2_000))).contains("2000 × 480 pixels", "convert it to png or jpeg");
        assertThat(problem(webp(kind, 640, 480, 600_000))).contains("600000 bytes", "convert it to png or jpeg");
    }

    @Nested
    class What_is_encoded_anew {

        @Test
        void is_white_where_it_was_transparent() throws Exception {
            ImageFile.Shown shown = shown(encoded(plain(2_000, 10, BufferedImage.TYPE_INT_ARGB, 0x00112233), "png"));

            assertThat(decoded(shown.data()).getRGB(700, 2)).isEqualTo(0xFFFFFFFF);
        }

        @Test
        void keeps_its_shades_of_gray() throws Exception {
            var gray = new BufferedImage(2_000, 10, BufferedImage.TYPE_BYTE_GRAY);
            for (int x = 0; x < 2_000; x++) {
                for (int y = 0; y < 10; y++) {
                    gray.getRaster().setSample(x, y, 0, 100);
                }
            }

            assertThat(decoded(shown(encoded(gray, "png")).data()).getRGB(700, 2))
                    .isEqualTo(0xFF646464);
        }

        /** The red corner of an image that is stored turned, seen upright. */
        @ParameterizedTest
        @CsvSource({"1, left, top", "2, right, top", "3, right, bottom", "4, left, bottom"})
        void is_turned_as_its_camera_was(int orientation, String column, String row) throws Exception {
            upright(orientation, column, row, 2_000, 1_000);
        }

        @ParameterizedTest
        @CsvSource({"5, left, top", "6, right, top", "7, right, bottom", "8, left, bottom"})
        void is_turned_on_its_side_as_its_camera_was(int orientation, String column, String row) throws Exception {
            upright(orientation, column, row, 1_000, 2_000);
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
        void is_turned_when_it_is_small_enough_to_be_shown_as_it_is(int orientation) throws Exception {
            BufferedImage image = plain(200, 100, BufferedImage.TYPE_INT_RGB, 0xFFFFFF);
            byte[] stored = withOrientation(encoded(image, "jpeg"), orientation);

            assertThat(ImageFile.isFit(stored)).isFalse();
            BufferedImage seen = decoded(shown(stored).data());
            boolean sideways = orientation >= 5;
            assertThat(new int[] {seen.getWidth(), seen.getHeight()})
                    .containsExactly(sideways ? 100 : 200, sideways ? 200 : 100);
            assertThat(ImageFile.isFit(withOrientation(encoded(image, "jpeg"), 1)))
                    .isTrue();
        }

        private void upright(int orientation, String column, String row, int width, int height) throws Exception {
            BufferedImage image = plain(2_000, 1_000, BufferedImage.TYPE_INT_RGB, 0xFFFFFF);
            for (int y = 0; y < 100; y++) {
                for (int x = 0; x < 100; x++) {
                    image.setRGB(x, y, 0xFF0000);
                }
            }

            ImageFile.Shown shown = shown(withOrientation(encoded(image, "jpeg"), orientation));

            BufferedImage seen = decoded(shown.data());
            assertThat(new int[] {shown.originalWidth(), shown.originalHeight()})
                    .containsExactly(width, height);
            assertThat(seen.getWidth() > seen.getHeight()).isEqualTo(width > height);
            int x = column.equals("left") ? 20 : seen.getWidth() - 20;
            int y = row.equals("top") ? 20 : seen.getHeight() - 20;
            int red = seen.getRGB(x, y);
            assertThat(red >> 16 & 0xFF).isGreaterThan(200);
            assertThat(red & 0xFF).isLessThan(60);
        }

        private byte[] withOrientation(byte[] jpeg, int orientation) {
            byte[] exif = {
                (byte) 0xFF,
                (byte) 0xE1,
                0,
                34,
                'E',
                'x',
                'i',
                'f',
                0,
                0,
                'M',
                'M',
                0,
                '*',
                0,
                0,
                0,
                8,
                0,
                1,
                0x01,
                0x12,
                0,
                3,
                0,
                0,
                0,
                1,
                0,
                (byte) orientation,
                0,
                0,
                0,
                0,
                0,
                0
            };
            var all = new ByteArrayOutputStream();
            all.write(jpeg, 0, 2);
            all.writeBytes(exif);
            all.write(jpeg, 2, jpeg.length - 2);
            return all.toByteArray();
        }
    }

    @Nested
    class What_cannot_be_shown {

        private byte[] png(int width, int height, byte[] rest) {
            ByteBuffer file = ByteBuffer.allocate(33 + rest.length);
            file.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
            file.putInt(13)
                    .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                    .putInt(width)
                    .putInt(height);
            file.put(new byte[] {8, 2, 0, 0, 0}).putInt(0).put(rest);
            return file.array();
        }

        @Test
        void is_a_bomb_which_is_not_decoded() throws Exception {
            assertThat(problem(png(100_000, 100_000, new byte[0])))
                    .isEqualTo("has 100000 × 100000 pixels, and more than 50 million are not decoded; make it smaller"
                            + " with a program");
            byte[] gif = encoded(plain(20, 10, BufferedImage.TYPE_BYTE_INDEXED, 0xFF0000), "gif");
            int frame = indexOf(gif, (byte) 0x2C, 13);
            Arrays.fill(gif, frame + 5, frame + 9, (byte) 0xFF); // larger than the screen that it is on
            assertThat(problem(gif)).contains("65535 × 65535");
        }

        private int indexOf(byte[] bytes, byte wanted, int from) {
            int colours = 3 << ((bytes[10] & 7) + 1);
            for (int i = from + colours; i < bytes.length; i++) {
                if (bytes[i] == wanted) {
                    return i;
                }
            }
            throw new AssertionError("no frame");
        }

        @Test
        void is_broken() throws Exception {
            byte[] whole = encoded(noise(100, 100), "png");
            assertThat(problem(Arrays.copyOf(whole, whole.length / 2))).startsWith("cannot be decoded");
            assertThat(problem(png(10, 10, new byte[] {1, 2, 3}))).startsWith("cannot be decoded");
            assertThat(problem(png(0, 10, new byte[0]))).startsWith("is damaged");
            assertThat(problem(png(-1, -1, new byte[0]))).startsWith("is damaged");
            assertThat(problem("no image".getBytes(StandardCharsets.UTF_8))).startsWith("is damaged");
            assertThat(problem(new byte[0])).startsWith("is damaged");
        }

        /** Whatever is wrong with a file, it is told, and nothing is thrown. */
        @ParameterizedTest
        @ValueSource(strings = {"png", "jpeg", "gif"})
        void is_broken_in_any_way(String format) throws Exception {
            byte[] whole = encoded(noise(24, 24), format);
            var random = new Random(11);
            for (int i = 0; i < 400; i++) {
                byte[] broken = i % 4 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
                for (int j = 0; j < i % 5 && broken.length > 0; j++) {
                    broken[random.nextInt(broken.length)] = (byte) random.nextInt();
                }
                assertThat(ImageFile.of(broken)).isNotNull();
            }
        }
    }
}
