package duka.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Where each part listens, always on this machine's own address only.
 *
 * @param controller the broker's second port
 */
public record Ports(Map<Part, Integer> byPart, int controller) {

    static final String HOST = "127.0.0.1";
    private static final int USUAL_CONTROLLER = 19093;

    public int of(Part part) {
        return byPart.get(part);
    }

    /** The usual ports, all moved by the same distance. */
    static Ports usual(int offset) {
        var byPart = new EnumMap<Part, Integer>(Part.class);
        for (Part part : Part.values()) {
            byPart.put(part, part.usualPort() + offset);
        }
        return new Ports(byPart, USUAL_CONTROLLER + offset);
    }

    /** Ports that nobody listens on now, for a second shop beside the usual one. */
    public static Ports free() {
        var held = new ArrayList<ServerSocket>();
        try {
            var byPart = new EnumMap<Part, Integer>(Part.class);
            for (Part part : Part.values()) {
                byPart.put(part, hold(held));
            }
            return new Ports(byPart, hold(held));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            held.forEach(Ports::release);
        }
    }

    /** For second instances of the services that keep what they know in the database. */
    Ports twin() {
        var free = free();
        var twin = new EnumMap<>(byPart);
        Part.withSchema().forEach(part -> twin.put(part, free.of(part)));
        return new Ports(twin, controller);
    }

    private static int hold(List<ServerSocket> held) throws IOException {
        var socket = new ServerSocket(0, 1, InetAddress.getByName(HOST));
        held.add(socket);
        return socket.getLocalPort();
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of the shop that was started last, so that every later command finds it. */
    static Ports remembered(Path file) {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var byPart = new EnumMap<Part, Integer>(Part.class);
        for (Part part : Part.values()) {
            String port = properties.getProperty(part.title());
            byPart.put(part, port == null ? besideThe(properties, part) : Integer.valueOf(port));
        }
        return new Ports(byPart, Integer.parseInt(properties.getProperty("controller")));
    }

    /** A part that was not there yet when the ports were remembered: as far off as the gateway. */
    private static int besideThe(Properties remembered, Part part) {
        int gateway = Integer.parseInt(remembered.getProperty(Part.GATEWAY.title()));
        return part.usualPort() + gateway - Part.GATEWAY.usualPort();
    }

    void remember(Path file) {
        var lines = new ArrayList<String>();
        byPart.forEach((part, port) -> lines.add(part.title() + "=" + port));
        lines.add("controller=" + controller);
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says which port is taken, and by whom if the system tells. */
    void mustBeFree(List<Part> parts) {
        for (Part part : parts) {
            mustBeFree(of(part), part.title());
            if (part == Part.KAFKA) {
                mustBeFree(controller, part.title());
            }
        }
    }

    private static void mustBeFree(int port, String wantedBy) {
        if (isTaken(port)) {
            throw new Trouble(
                    "Port %d, which %s needs, is taken%s; free it or set DUKA_PORT_OFFSET."
                            .formatted(
                                    port,
                                    wantedBy,
                                    Processes.listeningOn(port).map(by -> " by " + by).orElse("")));
        }
    }

    /** Connects as well as binds: some systems let two listen on one port. */
    static boolean isTaken(int port) {
        if (answers(port)) {
            return true;
        }
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(HOST, port));
            return false;
        } catch (IOException taken) {
            return true;
        }
    }

    static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(HOST, port), 500);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }
}
