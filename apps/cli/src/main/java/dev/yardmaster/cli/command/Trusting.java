package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.Claim;
import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.settings.Trust;
import dev.yardmaster.cli.settings.TrustedAgents;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether the caller trusts what a project's settings files would let run: a flag, or asked once. */
final class Trusting {

    @Option(
            names = "--trust",
            negatable = true,
            description =
                    "Let the settings files of this project allow what they say (rules, a mode, folders), and their and agent"
                            + " files' hooks run: remembered"
                            + " until they say something else. --no-trust takes it back")
    private @Nullable Boolean trust;

    /** What the flags say, over environment and files, these as far as they are trusted. @param json whether a program reads */
    Settings settings(Common common, Caller there, Flags flags, boolean json) {
        Settings settings = trusted(common, there, flags, json);
        Screen told = json ? Screen.err(there, common.colours()) : common.screen();
        settings.hooks()
                .unguarded()
                .forEach(each -> told.text("", told.paint().bold("Not run") + "  " + SafeText.exact(each)));
        return settings;
    }

    private Settings trusted(Common common, Caller there, Flags flags, boolean json) {
        Settings settings = flags.settings(there);
        List<Claim> claims = claims(settings, there);
        if (claims.isEmpty()) {
            return settings;
        }
        Screen screen = json || !there.tty().out() ? Screen.err(there, common.colours()) : common.screen();
        boolean answered = trust != null ? flagged(claims, there) : asked(claims, there, screen, json);
        Settings all = answered ? flags.settings(there) : settings;
        Screen told = json ? Screen.err(there, common.colours()) : common.screen();
        (answered ? claims(all, there) : claims)
                .stream().filter(claim -> !claim.isTrusted()).forEach(claim -> tell(claim, told));
        return all;
    }

    /** What has to be trusted: of settings files, and of the agents that are to be had. */
    static List<Claim> claims(Settings settings, Caller there) {
        return Stream.concat(
                        settings.claims().stream(),
                        TrustedAgents.of(there)
                                .claims(Session.agents(there, settings).all())
                                .stream())
                .toList();
    }

    private boolean flagged(List<Claim> claims, Caller there) {
        claims.forEach(claim -> Trust.of(there.home()).remember(claim, Boolean.TRUE.equals(trust)));
        return true;
    }

    /** Asks where somebody is there and was not asked before. @return whether something was answered */
    private static boolean asked(List<Claim> claims, Caller there, Screen screen, boolean json) {
        boolean able =
                there.tty().in() && (there.tty().err() || !json && there.tty().out());
        boolean answered = false;
        for (Claim claim : claims) {
            if (able && claim.answer().isEmpty()) {
                Optional<Boolean> answer = ask(claim, there, screen);
                answer.ifPresent(each -> Trust.of(there.home()).remember(claim, each));
                answered |= answer.isPresent();
            }
        }
        return answered;
    }

    private static Optional<Boolean> ask(Claim claim, Caller there, Screen screen) {
        screen.text(
                "",
                screen.paint().doubtful("? ") + capital(SafeText.exact(claim.whose()))
                        + " would let run without asking:");
        list(claim, screen);
        screen.text(
                "  ",
                "They may have come with what you checked out. Your answer is kept until they say something else;"
                        + " without trust they still forbid and ask.");
        screen.prompt("  Trust them? yes (y), or no (n): ");
        while (true) {
            Optional<String> line = line(there);
            if (line.isEmpty()) {
                screen.prompt("\n  end of input (Ctrl-D): taken as no, for now\n");
                return Optional.empty();
            }
            switch (line.get().strip().toLowerCase(java.util.Locale.ROOT)) {
                case "y", "yes" -> {
                    return Optional.of(true);
                }
                case "n", "no" -> {
                    return Optional.of(false);
                }
                default -> screen.prompt("  please answer y or n: ");
            }
        }
    }

    private static void tell(Claim claim, Screen screen) {
        screen.text(
                "",
                screen.paint().bold("Not trusted") + "  " + SafeText.exact(claim.whose())
                        + (claim.answer().isPresent() ? " (you said no)" : "") + ". This does not count:");
        list(claim, screen);
        screen.text("  ", "To let it count: --trust");
    }

    private static void list(Claim claim, Screen screen) {
        int width = screen.width() - 6;
        for (String each : claim.what()) {
            List<String> lines = Columns.wrap(SafeText.exact(each), width);
            screen.line("    " + lines.getFirst());
            lines.stream().skip(1).forEach(line -> screen.line("      " + line));
        }
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }

    /** Byte by byte, so that what is typed after it is there for whoever asks next. */
    private static Optional<String> line(Caller there) {
        var typed = new ByteArrayOutputStream();
        try {
            int next = there.in().read();
            if (next < 0) {
                return Optional.empty();
            }
            for (; next >= 0 && next != '\n'; next = there.in().read()) {
                typed.write(next);
            }
            return Optional.of(typed.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UsageException(
                    "the answer cannot be read: " + e.getMessage() + "; give it as --trust or --no-trust");
        }
    }
}
