package dev.yardmaster.event;

/**
 * The one unchecked root of what Yardmaster throws. Its message says what is wrong, where, and what to do; a caller
 * that only shows it to a person has done enough.
 */
public class YardmasterException extends RuntimeException {

    public YardmasterException(String message) {
        super(message);
    }

    public YardmasterException(String message, Throwable cause) {
        super(message, cause);
    }
}
