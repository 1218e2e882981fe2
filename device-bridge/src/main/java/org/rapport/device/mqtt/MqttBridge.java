package org.rapport.device.mqtt;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.rapport.device.BridgeBroker;
import org.rapport.device.BridgeLogin;
import org.rapport.device.inbox.Arrival;
import org.rapport.device.inbox.DeviceAnswer;
import org.rapport.device.inbox.DeviceAnswers;
import org.rapport.device.inbox.Intake;
import org.rapport.work.Causes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Carries messages from the broker to the inbox: stores, then acknowledges, then answers. While the database is away
 * nothing is acknowledged and the broker keeps everything; while the broker is away the server runs without it.
 */
public final class MqttBridge implements SmartLifecycle, DeviceAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(MqttBridge.class);
    private static final int BATCH = 500;
    private static final int PHASE = 200; // after the broker and the start's steps, before the web server
    private static final Duration LISTENING = Duration.ofMillis(200);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(4);

    private final BridgeBroker broker;
    private final BridgeLogin login;
    private final Intake intake;
    private final Semaphore stop = new Semaphore(0);
    private volatile @Nullable BridgeConnection connection;
    private volatile @Nullable Thread thread;
    private volatile boolean stopping;

    /**
     * @param broker where messages come from
     * @param login as whom
     * @param intake takes them
     */
    public MqttBridge(BridgeBroker broker, BridgeLogin login, Intake intake) {
        this.broker = broker;
        this.login = login;
        this.intake = intake;
    }

    @Override
    public void start() {
        stopping = false;
        stop.drainPermits();
        var carrier = new Thread(this::carry, "device-bridge");
        carrier.setDaemon(true);
        thread = carrier;
        carrier.start();
    }

    private void carry() {
        var pause = FIRST_PAUSE;
        while (!stopping) {
            try (var open = BridgeConnection.open(broker, login)) {
                connection = open;
                pause = FIRST_PAUSE;
                while (open.isOpen() && !stopping) {
                    handle(open, open.next(BATCH, LISTENING));
                }
            } catch (MqttException e) {
                LOG.warn(
                        "No connection to the MQTT broker (reason {}); next try in {} ms",
                        e.getReasonCode(),
                        pause.toMillis());
            } catch (RuntimeException e) {
                LOG.warn(
                        "The bridge to the MQTT broker failed ({}); next try in {} ms", Causes.of(e), pause.toMillis());
            } finally {
                connection = null;
            }
            pause = rest(pause);
        }
    }

    private void handle(BridgeConnection open, List<Received> batch) {
        var arrivals =
                batch.stream().map(Received::arrival).flatMap(Optional::stream).toList();
        var answers = arrivals.isEmpty() ? Optional.of(List.<DeviceAnswer>of()) : stored(open, arrivals);
        answers.ifPresent(given -> {
            open.acknowledge(batch);
            given.forEach(open::publish);
        });
    }

    /** Goes on trying for as long as the broker keeps the messages for this connection; empty when it does no more. */
    private Optional<List<DeviceAnswer>> stored(BridgeConnection open, List<Arrival> arrivals) {
        var pause = FIRST_PAUSE;
        while (open.isOpen() && !stopping) {
            try {
                return Optional.of(intake.take(arrivals));
            } catch (RuntimeException e) {
                LOG.warn("Readings wait at the broker ({}); next try in {} ms", Causes.of(e), pause.toMillis());
                pause = rest(pause);
            }
        }
        return Optional.empty();
    }

    /** Waits unless it is to stop; the pause after the next failure is twice as long. */
    private Duration rest(Duration pause) {
        try {
            if (stop.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                stop.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    @Override
    public void tell(DeviceAnswer answer) {
        var open = connection;
        if (open != null) {
            open.publish(answer);
        }
    }

    /** Lets the batch under way be stored and acknowledged. */
    @Override
    public void stop() {
        stopping = true;
        stop.release();
        var carrier = thread;
        thread = null;
        if (carrier != null) {
            try {
                carrier.join(STOP.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
