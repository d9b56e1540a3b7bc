package dev.yardmaster.event;

/** A value that has no JSON form, or a JSON text that does not fit the type it was asked to be. */
public final class InvalidJsonException extends YardmasterException {

    InvalidJsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
