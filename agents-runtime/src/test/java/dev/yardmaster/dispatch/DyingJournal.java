package dev.yardmaster.dispatch;

import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.JournalFailedException;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.MemoryJournal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A journal whose process dies after so many entries: nothing more is recorded, and what it does then is lost. */
final class DyingJournal {

    private final AtomicInteger left;

    private DyingJournal(int entries) {
        left = new AtomicInteger(entries);
    }

    /** Passes everything on to another, which stays open: it is what the next process finds. */
    static Journal after(int entries, MemoryJournal journal) {
        return new DyingJournal(entries).around(Journal.class, journal);
    }

    /** What it passes on is all the same to it, but for entries, leases and ends. */
    private <T> T around(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "close" -> null;
                    case "append" -> {
                        live();
                        yield passedOn(target, method, arguments);
                    }
                    default -> passedOn(target, method, arguments);
                }));
    }

    private void live() {
        if (left.getAndDecrement() <= 0) {
            throw new JournalFailedException(JournalFailedException.Reason.GONE, "the process is dead", null);
        }
    }

    private Object passedOn(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return passed(method.invoke(target, arguments));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object passed(Object given) {
        if (given instanceof Lease lease) {
            return around(Lease.class, lease);
        }
        return given instanceof Optional<?> found ? found.map(this::passed) : given;
    }
}
