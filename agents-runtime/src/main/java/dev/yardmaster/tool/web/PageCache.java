package dev.yardmaster.tool.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Pages for 15 minutes; at most 50 of them and 20 million characters, the oldest goes first. Thread-safe. */
final class PageCache {

    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final int MOST_PAGES = 50;
    private static final long MOST_CHARACTERS = 20_000_000;

    private record Kept(WebPage page, Instant until) {}

    private final InstantSource clock;
    private final Map<String, Kept> pages = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long characters;

    PageCache(InstantSource clock) {
        this.clock = clock;
    }

    Optional<WebPage> find(WebAddress address) {
        lock.lock();
        try {
            return Optional.ofNullable(pages.get(address.toString()))
                    .filter(kept -> clock.instant().isBefore(kept.until()))
                    .map(Kept::page);
        } finally {
            lock.unlock();
        }
    }

    void keep(WebAddress address, WebPage page) {
        lock.lock();
        try {
            drop(address.toString());
            pages.put(address.toString(), new Kept(page, clock.instant().plus(KEPT)));
            characters += page.text().length();
            while (pages.size() > MOST_PAGES || characters > MOST_CHARACTERS) {
                drop(pages.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    private void drop(String address) {
        Kept gone = pages.remove(address);
        characters -= gone == null ? 0 : gone.page().text().length();
    }
}
