package dev.yardmaster.event;

/** Something stored was written by a newer version of Yardmaster than this one; it was left as it is. */
public final class NewerVersionException extends YardmasterException {

    public NewerVersionException(String message) {
        super(message);
    }
}
