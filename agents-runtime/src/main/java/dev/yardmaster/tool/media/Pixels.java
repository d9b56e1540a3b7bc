package dev.yardmaster.tool.media;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * An image in memory, without transparency. The only class that loads {@code javax.imageio}; no toolkit is started, and
 * nothing is written to the disk.
 *
 * @param rgb row after row
 */
record Pixels(int width, int height, int[] rgb) {

    private static final int WHITE = 255;

    /** Of more pixels, only every second, third … in a row, and row, is read. */
    private static final double READ = 16_000_000;

    /** There is no reader for a format. */
    static final class NoReaderException extends IOException {
        private static final long serialVersionUID = 1;

        private NoReaderException(String format) {
            super("there is no reader for " + format);
        }
    }

    /**
     * Decodes the first image. Of a very large one not every pixel is read.
     *
     * @param most how many pixels it may have
     * @throws IOException when it cannot be decoded
     */
    static Pixels decode(ImageHead.Format format, byte[] bytes, long most) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.imageIo());
        if (!readers.hasNext()) {
            throw new NoReaderException(format.imageIo());
        }
        ImageReader reader = readers.next();
        try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(input, true, true); // what is not pixels may be large, or broken
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width <= 0 || height <= 0 || (long) width * height > most) {
                throw new IOException("its first image has " + width + " × " + height + " pixels");
            }
            ImageReadParam param = reader.getDefaultReadParam();
            int step = (int) Math.ceil(Math.sqrt((double) width * height / READ));
            param.setSourceSubsampling(step, step, 0, 0);
            return of(reader.read(0, param));
        } catch (RuntimeException e) { // readers stumble over broken files in every way
            throw new IOException("it is damaged", e);
        } finally {
            reader.dispose();
        }
    }

    private static Pixels of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] rgb = isGray(image) ? gray(image.getRaster()) : image.getRGB(0, 0, width, height, null, 0, width);
        if (image.getColorModel().hasAlpha()) {
            for (int i = 0; i < rgb.length; i++) {
                rgb[i] = onWhite(rgb[i]);
            }
        }
        return new Pixels(width, height, rgb);
    }

    /** Shades of gray are taken as they are: as colours they would be taken for linear ones, and come out too light. */
    private static boolean isGray(BufferedImage image) {
        return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
                && image.getSampleModel().getNumBands() <= 2
                && image.getColorModel().getComponentSize(0) >= 8;
    }

    private static int[] gray(Raster raster) {
        int shift = raster.getSampleModel().getSampleSize(0) - 8;
        boolean alpha = raster.getNumBands() == 2;
        int[] rgb = new int[raster.getWidth() * raster.getHeight()];
        for (int y = 0, i = 0; y < raster.getHeight(); y++) {
            for (int x = 0; x < raster.getWidth(); x++, i++) {
                int shade = raster.getSample(x, y, 0) >> shift & 0xFF;
                int opacity = alpha ? raster.getSample(x, y, 1) >> shift & 0xFF : 0xFF;
                rgb[i] = opacity << 24 | shade << 16 | shade << 8 | shade;
            }
        }
        return rgb;
    }

    private static int onWhite(int argb) {
        int alpha = argb >>> 24;
        if (alpha == 0xFF) {
            return argb;
        }
        int rgb = 0xFF;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int part = argb >> shift & 0xFF;
            rgb = rgb << 8 | (part * alpha + WHITE * (0xFF - alpha)) / 0xFF;
        }
        return rgb;
    }

    /** The same, no side of which is longer: each pixel is the mean of those it stands for. */
    Pixels within(int side) {
        int longest = Math.max(width, height);
        if (longest <= side) {
            return this;
        }
        int w = Math.max(1, (int) ((long) width * side / longest));
        int h = Math.max(1, (int) ((long) height * side / longest));
        int[] smaller = new int[w * h];
        for (int y = 0; y < h; y++) {
            int top = (int) ((long) y * height / h);
            int bottom = Math.max(top + 1, (int) ((long) (y + 1) * height / h));
            for (int x = 0; x < w; x++) {
                int left = (int) ((long) x * width / w);
                int right = Math.max(left + 1, (int) ((long) (x + 1) * width / w));
                smaller[y * w + x] = mean(left, right, top, bottom);
            }
        }
        return new Pixels(w, h, smaller);
    }

    private int mean(int left, int right, int top, int bottom) {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int pixel = rgb[y * width + x];
                red += pixel >> 16 & 0xFF;
                green += pixel >> 8 & 0xFF;
                blue += pixel & 0xFF;
            }
        }
        int count = (right - left) * (bottom - top);
        return 0xFF << 24 | red / count << 16 | green / count << 8 | blue / count;
    }

    /** Turned as an Exif orientation (1 to 8) says, for those who do not look at that. */
    Pixels turned(int orientation) {
        if (orientation == 1) {
            return this;
        }
        boolean sideways = orientation >= 5;
        int w = sideways ? height : width;
        int h = sideways ? width : height;
        int[] turned = new int[rgb.length];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                int from = switch (orientation) {
                    case 2 -> at(width - 1 - x, y);
                    case 3 -> at(width - 1 - x, height - 1 - y);
                    case 4 -> at(x, height - 1 - y);
                    case 5 -> at(y, x);
                    case 6 -> at(y, height - 1 - x);
                    case 7 -> at(width - 1 - y, height - 1 - x);
                    case 8 -> at(width - 1 - y, x);
                    default -> at(x, y);
                };
                turned[y * w + x] = rgb[from];
            }
        }
        return new Pixels(w, h, turned);
    }

    private int at(int x, int y) {
        return y * width + x;
    }

    byte[] png() throws IOException {
        return encoded("png", 0);
    }

    /** @param quality from 0 to 1 */
    byte[] jpeg(float quality) throws IOException {
        return encoded("jpeg", quality);
    }

    private byte[] encoded(String format, float quality) throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, rgb, 0, width);
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        var bytes = new ByteArrayOutputStream();
        try (var output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (quality > 0) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(quality);
            }
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
