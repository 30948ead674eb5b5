package io.socksgateway.auth;

import io.socksgateway.auth.plugin.PluginContract;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.PluginClient;
import io.socksgateway.core.bus.PluginSilence;
import io.socksgateway.core.config.AuthenticatorConfig;
import io.socksgateway.core.config.PluginMethod;
import io.socksgateway.core.config.PluginThreading;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.VerticleFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Deploys plug-ins, and sees to it that they answer.
 *
 * <p>Confined to the event loop of its verticle.
 */
final class PluginDeployer {

    private final Vertx vertx;
    private final GatewayBus bus;
    private final PluginClasses classes;
    private final long patience;

    /**
     * @param patience milliseconds that a plug-in may take to start
     */
    PluginDeployer(Vertx vertx, GatewayBus bus, PluginClasses classes, long patience) {
        this.vertx = vertx;
        this.bus = bus;
        this.classes = classes;
        this.patience = patience;
    }

    /**
     * Deploys a plug-in, which goes when the verticle goes that this was called by.
     *
     * @param path of the plug-in in the configuration
     * @return fails with a {@link PluginException}
     */
    Future<PluginClient> deploy(AuthenticatorConfig.Verticle plugin, String path) {
        PluginClient client = new PluginClient(bus, plugin.name(), plugin.timeout());
        Future<String> deployed = PluginClasses.isForeign(plugin.className())
                ? deployForeign(plugin, path, client.address())
                : vertx.executeBlocking(() -> classes.find(plugin, path))
                        .compose(type -> vertx.deployVerticle(type, options(plugin, type, client.address())));
        return deployed.timeout(patience, TimeUnit.MILLISECONDS)
                .recover(cause -> Future.failedFuture(startFailure(cause, path)))
                .compose(started -> greet(client, path))
                .map(client);
    }

    private PluginException startFailure(Throwable cause, String path) {
        if (cause instanceof PluginException known) {
            return known;
        }
        return cause instanceof TimeoutException
                ? new PluginException(
                        path, "it has not started in " + patience + " ms", "expected: start() to complete its future")
                : new PluginException(path, "it cannot be deployed: " + inWords(cause), "its start has failed");
    }

    /** A plug-in's own words on why it does not start are for who has configured it. */
    private static String inWords(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    }

    private Future<String> deployForeign(AuthenticatorConfig.Verticle plugin, String path, String address) {
        return vertx.executeBlocking(() -> {
                    String prefix =
                            plugin.className().substring(0, plugin.className().indexOf(':'));
                    register(plugin, path, prefix);
                    return classes.loader(plugin, path);
                })
                .compose(loader -> vertx.deployVerticle(
                        plugin.className(), options(plugin, address).setClassLoader(loader)));
    }

    private void register(AuthenticatorConfig.Verticle plugin, String path, String prefix) {
        boolean known = vertx.verticleFactories().stream()
                .anyMatch(factory -> factory.prefix().equals(prefix));
        if (!known) {
            VerticleFactory factory = classes.requireFactory(plugin, path, prefix);
            vertx.registerVerticleFactory(factory);
        }
    }

    private static DeploymentOptions options(
            AuthenticatorConfig.Verticle plugin, Class<? extends Deployable> type, String address) {
        return options(plugin, address).setClassLoader(type.getClassLoader());
    }

    private static DeploymentOptions options(AuthenticatorConfig.Verticle plugin, String address) {
        DeploymentOptions options = new DeploymentOptions()
                .setConfig(plugin.config().put(PluginContract.GATEWAY, gateway(plugin, address)))
                .setInstances(plugin.instances())
                .setThreadingModel(model(plugin.threading()));
        return plugin.threading() == PluginThreading.WORKER
                ? options.setWorkerPoolName("plugin-" + plugin.name()).setWorkerPoolSize(plugin.instances())
                : options;
    }

    private static JsonObject gateway(AuthenticatorConfig.Verticle plugin, String address) {
        JsonObject gateway = new JsonObject()
                .put(PluginContract.VERSION_KEY, PluginContract.VERSION)
                .put(PluginContract.NAME, plugin.name())
                .put(PluginContract.ADDRESS, address);
        PluginMethod method = plugin.method();
        return method == null ? gateway : gateway.put(PluginContract.METHOD, method.name());
    }

    private static ThreadingModel model(PluginThreading threading) {
        return switch (threading) {
            case EVENT_LOOP -> ThreadingModel.EVENT_LOOP;
            case WORKER -> ThreadingModel.WORKER;
            case VIRTUAL_THREAD -> ThreadingModel.VIRTUAL_THREAD;
        };
    }

    /** Whatever it answers, it is there; unless it says that it speaks another version. */
    private Future<?> greet(PluginClient client, String path) {
        return client.ask(PluginQuestions.hello()).transform(answer -> {
            if (answer.cause() instanceof PluginSilence silence) {
                return switch (silence.kind()) {
                    case NOBODY, TIMEOUT ->
                        Future.failedFuture(new PluginException(
                                path,
                                "it never answers: " + silence.getMessage(),
                                "expected: a consumer at the address in its configuration, gateway.address"));
                    case FAILED, NO_JSON -> Future.succeededFuture();
                };
            }
            Object version = answer.succeeded() ? answer.result().getValue(PluginContract.VERSION_KEY) : null;
            return version == null || version.equals(PluginContract.VERSION)
                    ? Future.succeededFuture()
                    : Future.failedFuture(new PluginException(
                            path, "it speaks another version of the contract", "expected: " + PluginContract.VERSION));
        });
    }
}
