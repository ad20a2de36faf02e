Console.WriteLine("churn retention");
