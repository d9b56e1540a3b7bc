package dev.yardmaster.cli.settings;

import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.workspace.CommandLimits;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a command may use up, as it is written: {@code memory=4g}, {@code processes=500}, {@code file=none}. */
public final class CommandAmounts {

    private static final List<String> NAMES = List.of("memory", "processes", "file", "free");
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})\\s*([kmgt]?)(?:i?b)?");
    private static final String UNITS = "kmgt";

    private CommandAmounts() {}

    /** @throws UsageException when one of them cannot be read */
    public static Map<String, Sourced<Long>> read(Collection<String> texts, String source) {
        var all = new TreeMap<String, Sourced<Long>>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            String name = text.substring(0, Math.max(equals, 0)).strip().toLowerCase(Locale.ROOT);
            if (equals < 0 || !NAMES.contains(name)) {
                throw new UsageException(source + ": '" + text + "' is no limit of a command"
                        + DidYouMean.hint(name, NAMES)
                        + " (such as memory=4g, processes=500, file=16g for the size of a"
                        + " file, free=1g for what stays free of the disk; none lifts one)");
            }
            all.put(name, new Sourced<>(amount(name, text.substring(equals + 1), source), source));
        }
        return all;
    }

    private static long amount(String name, String text, String source) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        boolean free = name.equals("free");
        if (plain.equals("none")) {
            return free ? 0 : CommandLimits.UNLIMITED;
        }
        Matcher amount = AMOUNT.matcher(plain);
        long number = amount.matches() ? Long.parseLong(amount.group(1)) : -1;
        String unit = amount.matches() ? amount.group(2) : "";
        long least = name.equals("memory") ? 1 << 20 : free ? 0 : 1;
        int shift = unit.isEmpty() ? 0 : 10 * (UNITS.indexOf(unit) + 1);
        long most = Long.MAX_VALUE >> (shift + 1);
        long value = number << shift;
        if (value < least || number > most || name.equals("processes") && !unit.isEmpty()) {
            throw new UsageException(source + ": '" + text.strip() + "' is no amount of " + name + "; "
                    + (name.equals("processes")
                            ? "it is a whole number, such as 500, or none"
                            : "it is bytes, or such as 512m or 4g" + (free ? "" : ", at least " + least)
                                    + ", or none"));
        }
        return value;
    }

    static CommandLimits limits(Map<String, Sourced<Long>> amounts, CommandLimits otherwise) {
        CommandLimits all = otherwise;
        for (Map.Entry<String, Sourced<Long>> each : amounts.entrySet()) {
            long value = each.getValue().value();
            all = switch (each.getKey()) {
                case "memory" -> all.withMemory(value);
                case "processes" -> all.withProcesses(value);
                case "file" -> all.withFile(value);
                default -> all.withFree(value);
            };
        }
        return all;
    }
}
