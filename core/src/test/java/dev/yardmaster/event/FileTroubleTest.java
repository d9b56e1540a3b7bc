package dev.yardmaster.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTroubleTest {

    @TempDir
    Path folder;

    private static String told(ThrowingCallable what) {
        return FileTrouble.of((IOException) Assertions.catchThrowable(what));
    }

    @Test
    void what_java_names_by_a_class_is_told_in_words() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "x");
        assertThat(told(() -> Files.readString(folder.resolve("none")))).isEqualTo("there is no such file or folder");
        assertThat(told(() -> Files.createFile(file))).isEqualTo("something of that name is there already");
        assertThat(told(() -> Files.delete(folder))).isEqualTo("the folder is not empty");
        assertThat(told(() -> Files.newDirectoryStream(file))).isEqualTo("it is not a folder");
        assertThat(FileTrouble.of(new AccessDeniedException("f"))).isEqualTo("permission denied");
        assertThat(FileTrouble.of(new MalformedInputException(1))).isEqualTo("it is not UTF-8 text");
    }

    @Test
    void what_the_system_says_is_handed_on() {
        assertThat(FileTrouble.of(new FileSystemException("f", null, "No space left on device")))
                .isEqualTo("no space left on device");
        assertThat(FileTrouble.of(new IOException("CRC of block 3 is wrong"))).isEqualTo("CRC of block 3 is wrong");
        assertThat(FileTrouble.of(new FileSystemException("f"))).isEqualTo("the system does not say why");
    }

    @Test
    void is_told_with_its_file_where_nothing_else_is_known() {
        assertThat(FileTrouble.told(new AccessDeniedException("/x")))
                .startsWith("'/x' cannot be used: permission denied; change its permissions");
        assertThat(FileTrouble.told(new UncheckedIOException(new NoSuchFileException("/x"))))
                .isEqualTo("'/x' cannot be used: there is no such file or folder");
        assertThat(FileTrouble.told(new IllegalStateException("no"))).isEqualTo("no");
        assertThat(FileTrouble.told(new IllegalStateException())).isEqualTo("IllegalStateException");
    }
}
