package dev.yardmaster.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import org.jspecify.annotations.Nullable;

/** Why a file could not be used, in words for people: what Java says of it is often a class's name and a path. */
public final class FileTrouble {

    private FileTrouble() {}

    /** A clause such as {@code permission denied}. It does not name the file: whoever tells it knows which was meant. */
    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such file or folder";
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException taken -> "something of that name is there already";
            case NotDirectoryException file -> "it is not a folder";
            case DirectoryNotEmptyException full -> "the folder is not empty";
            case FileSystemLoopException loop -> "its links lead in a circle";
            case NotLinkException other -> "it is not a link";
            case FileSystemException other -> said(other.getReason());
            case CharacterCodingException coding -> "it is not UTF-8 text";
            case ClosedByInterruptException interrupted -> "it was interrupted";
            default -> said(e.getMessage());
        };
    }

    /**
     * A sentence with the file, for where nothing but the exception is known. Of what is no trouble with files it is the
     * exception's message, or its name where it has none.
     */
    public static String told(Throwable e) {
        Throwable trouble =
                e instanceof UncheckedIOException && e.getCause() instanceof FileSystemException ? e.getCause() : e;
        if (trouble instanceof FileSystemException file && file.getFile() != null) {
            String remedy = file instanceof AccessDeniedException
                    ? "; change its permissions or those of its folder, or do without it"
                    : "";
            return "'" + file.getFile() + "' cannot be used: " + of(file) + remedy;
        }
        return trouble.getMessage() == null ? trouble.getClass().getSimpleName() : trouble.getMessage();
    }

    /** What the operating system says: "No space left on device". */
    private static String said(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            return "the system does not say why";
        }
        boolean sentence = reason.length() > 1 && Character.isLowerCase(reason.charAt(1));
        return sentence ? Character.toLowerCase(reason.charAt(0)) + reason.substring(1) : reason;
    }
}
