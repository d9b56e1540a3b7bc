package dev.yardmaster.models;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;

/** Whether anybody listens where a server of this machine is to be. Others are not called. */
final class Nearby {

    private static final int PATIENCE_MILLIS = 1_000;

    private Nearby() {}

    /** Why nobody could reply there, and what to do. @param variable names the address */
    static Optional<String> absence(Endpoint endpoint, String variable) {
        URI url = endpoint.url();
        if (!isThisMachine(url.getHost()) || listens(url)) {
            return Optional.empty();
        }
        return Optional.of("no server answers at " + url.getRawAuthority() + ", which " + variable
                + " names; start it, or name another one there");
    }

    static boolean isThisMachine(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.matches("127(\\.\\d{1,3}){3}")
                || host.equals("[::1]")
                || host.equals("0.0.0.0");
    }

    private static boolean listens(URI url) {
        int port = url.getPort() >= 0 ? url.getPort() : url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost(), port), PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
