package io.socksgateway.deploy;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.ClearTextPasswordEncryptor;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/**
 * An FTP server on a free port. It connects only to clients' addresses that their control connections come from, and
 * from the address that it listens on.
 */
final class FtpSite implements AutoCloseable {

    static final String USER = "carol";
    static final String PASSWORD = "ftp only";

    private final FtpServer server;
    private final Listener listener;
    private final String host;

    private FtpSite(FtpServer server, Listener listener, String host) {
        this.server = server;
        this.listener = listener;
        this.host = host;
    }

    /** Starts one with {@link #USER}, who may read and write in a folder. */
    static FtpSite start(String host, Path folder) throws Exception {
        DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
        data.setActiveIpCheck(true);
        ListenerFactory listeners = new ListenerFactory();
        listeners.setServerAddress(host);
        listeners.setPort(0);
        listeners.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
        Listener listener = listeners.createListener();
        FtpServerFactory servers = new FtpServerFactory();
        servers.addListener("default", listener);
        servers.setUserManager(users(folder));
        FtpSite site = new FtpSite(servers.createServer(), listener, host);
        try {
            site.server.start();
            return site;
        } catch (Exception e) {
            site.close();
            throw e;
        }
    }

    private static UserManager users(Path folder) throws Exception {
        PropertiesUserManagerFactory factory = new PropertiesUserManagerFactory();
        factory.setPasswordEncryptor(new ClearTextPasswordEncryptor());
        UserManager users = factory.createUserManager();
        BaseUser user = new BaseUser();
        user.setName(USER);
        user.setPassword(PASSWORD);
        user.setHomeDirectory(folder.toString());
        user.setAuthorities(List.of(new WritePermission()));
        users.save(user);
        return users;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(host, listener.getPort());
    }

    @Override
    public void close() {
        server.stop();
    }
}
