package dev.yardmaster.hook;

/** What is asked: a command, or code of an application. Thread-safe; of those that an event concerns, all are asked at once. */
@FunctionalInterface
public interface HookHandler {

    /**
     * Looks at what is to happen, or has. Blocks; runs on a virtual thread. After a crash it may be asked a second time about
     * what it had not yet answered.
     *
     * @throws InterruptedException when the run is cancelled
     * @throws Exception when it cannot say anything: as {@link HookAnswer#failed}
     */
    HookAnswer run(HookInput input) throws Exception;
}
