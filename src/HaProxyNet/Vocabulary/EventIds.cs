using HaProxyNet.Transport;

namespace HaProxyNet.Vocabulary;

/// <summary>The numbers of all log events: stable, so that operators can filter on them.</summary>
internal static class EventIds
{
    public const int ConnectionClosed = 1;
    public const int MiddlewareFault = 3;
    public const int ConnectionRefused = 4;
    public const int HelloSeen = 5;

    public const int DestinationUp = 10;
    public const int DestinationDown = 11;
    public const int Failover = 12;
    public const int Failback = 13;
    public const int AllDown = 14;
    public const int DestinationSuspect = 15;
    public const int SessionsCut = 16;

    public const int NameUnresolved = 20;
    public const int NameResolved = 21;
    public const int AddressesChanged = 22;
    public const int HalfOpenImpossible = 23;
    public const int StandbyProven = 24;
    public const int StandbyNotProven = 25;

    public const int Listening = 30;
    public const int AcceptPaused = TransportEventIds.AcceptPaused;
    public const int AcceptStopped = TransportEventIds.AcceptStopped;
    public const int DrainStarted = 33;
    public const int DrainEnded = 34;

    public const int EngineFallback = 35;
    public const int RehearsalCutShort = 36;
    public const int ListenerPaused = 37;
    public const int ListenerResumed = 38;
    public const int ListenerLost = 39;
    public const int SpliceRefused = TransportEventIds.SpliceRefused;
    public const int ExclusiveRefused = TransportEventIds.ExclusiveRefused;

    public const int HandshakeFailed = 90;
    public const int HandshakeLeft = 91;
    public const int DestinationHandshakeFailed = 92;
    public const int ProbesHandshakeFailed = 93;
    public const int TlsEngineChosen = 98;
    public const int TlsEngineFallback = 99;

    public const int DestinationAlert = 140;
    public const int ClientAlert = 141;

    public const int ConfigurationReloaded = 40;
    public const int ConfigurationFault = 41;
    public const int ConfigurationKept = 42;
    public const int ConfigurationNotWatched = 43;

    public const int ReloadNeedsRestart = 170;
    public const int ListenerAdded = 171;
    public const int ListenerClosed = 172;
    public const int ListenerBack = 173;
    public const int AdminMoved = 174;
    public const int ServingOn = 175;
    public const int DrainHastened = 176;

    public const int ControlOpen = 60;
    public const int ControlUnavailable = 61;
    public const int ControlChange = 62;
    public const int ControlClose = 63;
    public const int ControlRefused = 64;
    public const int ControlPeerGone = 65;
    public const int ControlFault = 66;
    public const int ControlAcceptFailed = 67;
    public const int OperatorStateRestored = 68;
    public const int OperatorStateCorrupt = 69;
    public const int OperatorStateUnreadable = 70;
    public const int OperatorStateUnwritable = 71;

    public const int CertificateRenewed = 80;
    public const int CertificateFault = 81;
    public const int CertificateKept = 82;
    public const int CertificateWarning = 83;
    public const int CertificatesNotWatched = 84;
    public const int CertificatesNotVerified = 85;

    public const int FewThreads = 184;

    public const int ProxyHeaderMissing = 190;
    public const int ProxyHeaderInvalid = 191;
    public const int ProxyHeaderUnexpected = 192;

    public const int HistoryFaulty = 230;
    public const int HistoryUnwritable = 231;
    public const int HistoryWritten = 232;

    public const int StickyClientsRestored = 210;
    public const int StickyClientsUnreadable = 211;
    public const int StickyClientsUnwritable = 212;

    public const int OwnTrouble = 110;

    public const int RequestFailed = 320;
    public const int RequestUnanswered = 350;

    public const int RedirectedToItself = 351;

    public const int LaneHangs = 220;
    public const int LanesAlive = 221;

    public const int ConnectionStarted = 250;
    public const int ConnectionOpen = 251;
    public const int LogLinesLost = 252;
    public const int JournalMissing = 253;
    public const int SyslogAway = 254;
    public const int SyslogBack = 255;
    public const int NotificationFailed = 256;

    public const int ExportOn = 310;
    public const int ExportFault = 311;
    public const int ExportFailing = 312;
    public const int ExportWorks = 313;
    public const int CountersUnreadable = 314;
    public const int CountersUnwritable = 315;
    public const int CountersForeign = 316;

    public const int InternalFault = 100;
    public const int ForeseeableFault = 101;

    public const int HandedOver = 270;
    public const int HandoverFailed = 271;
    public const int HandoverEnded = 272;
    public const int TakenOver = 273;
    public const int TakeoverAbandoned = 274;
    public const int TakeoverLost = 275;
    public const int SuccessorFailed = 330;

    public const int MaintenanceFollowed = 300;
    public const int MaintenanceOverruled = 301;
    public const int MaintenanceStoreAway = 302;
    public const int MaintenanceStoreBack = 303;
    public const int MaintenanceStoreRefilled = 304;
    public const int LeaseForced = 305;
    public const int LeaseRefused = 306;
}
