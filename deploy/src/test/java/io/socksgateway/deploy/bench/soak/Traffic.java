package io.socksgateway.deploy.bench.soak;

import io.socksgateway.deploy.bench.load.Fault;
import io.socksgateway.deploy.bench.load.LoadLoop;
import io.socksgateway.deploy.bench.load.Visits;
import io.socksgateway.deploy.bench.server.SoakedGateway;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All traffic of a soak: visitors, who make the load, and {@link Activities}, which make it mixed. */
final class Traffic implements AutoCloseable {

    private static final Visits.Kind SHORT = new Visits.Kind(1, 64, 0, 400);
    private static final Visits.Kind LONG = new Visits.Kind(20, 1_400, 1_000, 400);
    private static final Visits.Kind MEMBER = new Visits.Kind(10, 400, 200, 20);

    /** Long visitors last twenty seconds: so many at a time on average. */
    private static final double LONG_RATE = 10;

    private static final double MEMBER_RATE = 5;

    private final LoadLoop loop = new LoadLoop("visitors");
    private final Visits shorts;
    private final Visits longs;
    private final Visits members;
    private final Tasks tasks;

    /**
     * Begins with all but the short visitors.
     *
     * @param shares of the usual number of all others, 1 for all of it
     */
    Traffic(Gateway gateway, double shares) throws InterruptedException {
        this(gateway, shares, Activities.of(gateway));
    }

    /**
     * The same with other activities.
     *
     * @param shares of the usual number of long visitors and members, 1 for all of it
     */
    Traffic(Gateway gateway, double shares, List<Activity> activities) throws InterruptedException {
        shorts = new Visits(loop, gateway.route(), SHORT);
        longs = new Visits(loop, gateway.route(), LONG);
        members = new Visits(loop, gateway.loginRoute(SoakedGateway.EVERYDAY), MEMBER);
        longs.rate(LONG_RATE * shares);
        members.rate(MEMBER_RATE * shares);
        tasks = new Tasks(activities);
    }

    /** Lets so many short visitors come in a second. */
    void rate(double perSecond) throws InterruptedException {
        shorts.rate(perSecond);
    }

    /** Short visitors that are there: as they do not stay, those who wait. */
    int waiting() throws InterruptedException {
        return shorts.present();
    }

    /** Messages that short visitors have exchanged. */
    long visits() throws InterruptedException {
        return shorts.exchanged();
    }

    /** Everything that has gone as it should, how often. */
    Map<String, Long> done() throws InterruptedException {
        Map<String, Long> done = tasks.done();
        done.put("visits, short", shorts.exchanged());
        done.put("messages of long visits", longs.exchanged());
        done.put("messages of visits, metered", members.exchanged());
        return done;
    }

    /** Everything that has not, how often. */
    Map<String, Long> surprises() throws InterruptedException {
        Map<String, Long> all = new TreeMap<>(tasks.surprises());
        for (Visits visits : List.of(shorts, longs, members)) {
            for (Map.Entry<Fault, Long> fault : visits.faults().entrySet()) {
                all.merge("visit: " + fault.getKey(), fault.getValue(), Long::sum);
            }
        }
        return all;
    }

    /** Lets nobody come any more, and has all leave. */
    void end() throws InterruptedException {
        shorts.close();
        longs.close();
        members.close();
        tasks.close();
    }

    @Override
    public void close() {
        loop.close();
    }
}
