package dev.yardmaster.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;

/** Which version this is. */
final class Version {

    private Version() {}

    static List<String> lines() {
        return List.of(
                "yardmaster " + number(), "Java " + Runtime.version() + " (" + System.getProperty("java.home") + ")");
    }

    private static String number() {
        var properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/dev/yardmaster/cli/version.properties")) {
            if (in == null) {
                throw new IllegalStateException("the program's own jar holds no version.properties");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("the program's own jar cannot be read", e);
        }
        return properties.getProperty("version");
    }
}
