using HaProxyNet.Server;

return await CommandTree.InvokeAsync(args, Console.Out, Console.Error);
